-- From which range of addresses (/24 or /48) lots were drafted and bidders registered: a hint for the operator, no identity.

alter table auction_lots add column address_range text;
alter table auction_registrations add column address_range text;
