-- What was sent from one of our numbers, and what came to one, for lists by either. By itself, because it reads whole tables; see "A new
-- release" in docs/operations.md. A message without a sender of its own costs nothing more.
CREATE INDEX message_by_account_and_sender ON message (account_id, sender, id) WHERE sender IS NOT NULL;
CREATE INDEX inbound_message_by_account_and_number ON inbound_message (account_id, recipient, id);
