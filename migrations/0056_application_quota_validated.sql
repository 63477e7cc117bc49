-- Reads the applications that were there before the rule, and holds nobody up.
alter table finance_applications validate constraint finance_applications__quota;
