-- How a message wants to be tried again, where it is not as usual: attempts_max, base, cap, jitter. Written once, with the message.
ALTER TABLE message ADD COLUMN retry jsonb;
