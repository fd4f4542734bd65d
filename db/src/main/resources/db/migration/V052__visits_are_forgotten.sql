-- Visits are kept for a time, as everything else is; what cannot be told of one is put off for longer and longer; and what was told is found by its kind.

-- First what takes long, which keeps writers of notices waiting and nobody else.
CREATE INDEX appointment_notice_by_kind ON appointment_notice (account_id, kind, id);

ALTER TABLE retention_default ADD COLUMN appointments interval NOT NULL DEFAULT '400 days';

ALTER TABLE account_setting ADD COLUMN appointments_days int CHECK (appointments_days BETWEEN 30 AND 3650);

-- As V042 has it, with appointments.
CREATE OR REPLACE VIEW retention AS
SELECT h.account_id, h.messages, least(h.message_content, h.messages) AS message_content, least(h.callbacks, h.messages) AS callbacks,
       h.inbound, h.notifications, h.events, h.verifications, h.idempotency, h.appointments
FROM (
  SELECT a.id AS account_id,
         greatest(coalesce(s.messages_days * interval '1 day', d.messages),
                  coalesce(s.idempotency_days * interval '1 day', d.idempotency)) AS messages,
         coalesce(s.message_content_days * interval '1 day', d.message_content) AS message_content,
         coalesce(s.callbacks_days * interval '1 day', d.callbacks) AS callbacks,
         coalesce(s.inbound_days * interval '1 day', d.inbound) AS inbound,
         coalesce(s.notifications_days * interval '1 day', d.notifications) AS notifications,
         coalesce(s.events_days * interval '1 day', d.events) AS events,
         coalesce(s.verifications_days * interval '1 day', d.verifications) AS verifications,
         coalesce(s.idempotency_days * interval '1 day', d.idempotency) AS idempotency,
         coalesce(s.appointments_days * interval '1 day', d.appointments) AS appointments
  FROM account a CROSS JOIN retention_default d LEFT JOIN account_setting s ON s.account_id = a.id
) h;

CREATE OR REPLACE VIEW retention_shortest AS
SELECT least(d.messages, (SELECT min(messages) FROM retention)) AS messages,
       least(d.callbacks, (SELECT min(callbacks) FROM retention)) AS callbacks,
       least(d.inbound, min(s.inbound_days) * interval '1 day') AS inbound,
       least(d.notifications, min(s.notifications_days) * interval '1 day') AS notifications,
       least(d.events, min(s.events_days) * interval '1 day') AS events,
       least(d.verifications, min(s.verifications_days) * interval '1 day') AS verifications,
       least(d.idempotency, min(s.idempotency_days) * interval '1 day') AS idempotency,
       least(d.appointments, min(s.appointments_days) * interval '1 day') AS appointments
FROM retention_default d LEFT JOIN account_setting s ON true
GROUP BY d.one;

-- How often it was put off. A change of the visit writes it anew.
ALTER TABLE appointment_reminder ADD COLUMN put_off smallint NOT NULL DEFAULT 0;
