-- What is recognised of the device that signed in, so that its user can be told of a new one; a hash, good for one user only.
alter table sessions add column device_hash bytea;
