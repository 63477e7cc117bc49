-- The listing that a file was first added to, where another one of the same owner took that listing in.
alter table attachments add column came_from text;
