-- A chunk that fails is given out again and again: only its age tells that it does not get done. Those that are there begin now.
ALTER TABLE campaign_chunk ADD COLUMN given_at timestamptz NOT NULL DEFAULT now();
