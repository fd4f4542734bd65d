-- Email, and what a message has beside its text: a subject and HTML (email), what India's operators want to know (sms).
-- Null for a message that has only its text.
ALTER TABLE message ADD COLUMN content jsonb;

-- The message that this one was made of when it was sent anew: see dead letters. Written once, with the message.
ALTER TABLE message ADD COLUMN replay_of uuid;
CREATE INDEX message_by_replayed ON message (replay_of) WHERE replay_of IS NOT NULL;

-- Not checked on the rows that are there, which would read the whole table: they passed the narrower check before.
ALTER TABLE message DROP CONSTRAINT channel_is_known;
ALTER TABLE message ADD CONSTRAINT channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email')) NOT VALID;

-- What a receipt can be told by where one call carries many recipients: a hash of the call and the recipient's number. It is there for
-- attempts with an unknown outcome too, so that a receipt proves acceptance when the answer was lost.
ALTER TABLE attempt ADD COLUMN receipt_key text;
CREATE INDEX attempt_by_receipt_key ON attempt (receipt_key) WHERE receipt_key IS NOT NULL;

-- The same from the other side. The digits narrow an id down that a provider gives to a whole call.
ALTER TABLE callback ADD COLUMN receipt_key text;
ALTER TABLE callback ADD COLUMN recipient_digits text;
