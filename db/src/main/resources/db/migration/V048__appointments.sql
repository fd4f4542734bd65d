-- Visits to doctors. A visit cannot change without its history, the history cannot be written without what the patient is told of it, and
-- what is told has its message, or the reason why there is none: docs/decisions/0030.

CREATE TABLE clinic (
  account_id        bigint      PRIMARY KEY,
  name              text        NOT NULL,
  -- Whom a patient calls, and whom everybody calls when it burns.
  phone             text        NOT NULL,
  emergency_number  text        NOT NULL,
  time_zone         text        NOT NULL,
  -- Of numbers that are written without a country.
  country           text        NOT NULL,
  -- How long before a visit it can still be cancelled or moved.
  notice_minutes    int         NOT NULL,
  -- After a visit; null: nobody is asked how it was.
  follow_up_minutes int,
  notify            text[]      NOT NULL,
  updated_at        timestamptz NOT NULL,

  CONSTRAINT clinic_notice_is_not_negative CHECK (notice_minutes >= 0),
  CONSTRAINT clinic_tells_by_something CHECK (cardinality(notify) > 0)
);

-- Never deleted: visits name them.
CREATE TABLE doctor (
  -- Counted over all accounts.
  no             bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  account_id     bigint      NOT NULL REFERENCES clinic,
  id             text        NOT NULL,
  name           text        NOT NULL,
  specialisation text        NOT NULL,
  slot_minutes   int         NOT NULL,
  -- By the day of the week, in the clinic's time zone.
  hours          jsonb       NOT NULL,
  holidays       jsonb       NOT NULL,
  active         boolean     NOT NULL,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,

  PRIMARY KEY (account_id, id),
  CONSTRAINT doctor_slot_has_a_length CHECK (slot_minutes BETWEEN 5 AND 480)
);

-- Whom and when, as a box in a plane of doctors and seconds: a constraint over both needs no extension, and an index over boxes takes a row in a
-- quarter of the time that one over ranges does. Visits begin with a minute, so the last second of one may be left out.
CREATE FUNCTION visit_box(doctor_no bigint, starts_at timestamptz, ends_at timestamptz) RETURNS box
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN box(
    point(doctor_no, extract(epoch FROM starts_at - timestamptz '1970-01-01 00:00:00+00')::float8),
    point(doctor_no, extract(epoch FROM ends_at - timestamptz '1970-01-01 00:00:00+00')::float8 - 1));

-- As io.heliograph.gateway.appointments.visits.Status has it; a test compares the two. A visit that stays booked has moved.
CREATE FUNCTION appointment_may_move(from_status text, to_status text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_status = ANY (CASE from_status
    WHEN 'booked'    THEN ARRAY['booked', 'cancelled', 'completed', 'no_show']
    WHEN 'cancelled' THEN ARRAY['booked']
    WHEN 'completed' THEN ARRAY['no_show']
    WHEN 'no_show'   THEN ARRAY['completed']
    ELSE ARRAY[]::text[]
  END);

-- What the patient is told of a change.
CREATE FUNCTION appointment_notice_of(from_status text, to_status text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN to_status = 'booked' AND from_status = 'booked' THEN 'appointment_rescheduled'
    WHEN to_status = 'booked' THEN 'appointment_confirmed'
    ELSE 'appointment_' || to_status
  END;

CREATE TABLE appointment (
  id             uuid        PRIMARY KEY,
  account_id     bigint      NOT NULL,
  booking_id     text        NOT NULL,
  status         text        NOT NULL,
  -- Its last change.
  revision       int         NOT NULL,
  doctor_no      bigint      NOT NULL,
  starts_at      timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,
  -- Null for whoever is no user of the account.
  user_id        text,
  patient_name   text        NOT NULL,
  patient_phone  text,
  patient_email  text,
  patient_locale text,
  notify         text[]      NOT NULL,
  notes          text,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,

  CONSTRAINT appointment_booking_id_once UNIQUE (account_id, booking_id),
  CONSTRAINT appointment_status_is_known CHECK (status IN ('booked', 'cancelled', 'completed', 'no_show')),
  CONSTRAINT appointment_ends_after_it_begins CHECK (ends_at > starts_at),
  CONSTRAINT appointment_tells_by_something CHECK (cardinality(notify) > 0),
  CONSTRAINT doctor_sees_one_patient_at_a_time
    EXCLUDE USING gist (visit_box(doctor_no, starts_at, ends_at) WITH &&) WHERE (status <> 'cancelled')
);

CREATE INDEX appointment_by_time ON appointment (account_id, starts_at, id);
CREATE INDEX appointment_by_phone ON appointment (account_id, patient_phone, starts_at) WHERE patient_phone IS NOT NULL;
CREATE INDEX appointment_by_user ON appointment (account_id, user_id, starts_at) WHERE user_id IS NOT NULL;
CREATE INDEX appointment_by_email ON appointment (account_id, patient_email) WHERE patient_email IS NOT NULL;

-- Moves a visit, unless somebody else has the place: false. An error would take the whole transaction with it, which may be a conversation's.
CREATE FUNCTION move_appointment(visit uuid, to_status text, to_revision int, to_starts_at timestamptz, to_ends_at timestamptz,
                                 moved_at timestamptz) RETURNS boolean
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE appointment
  SET status = to_status, revision = to_revision, starts_at = to_starts_at, ends_at = to_ends_at, updated_at = moved_at
  WHERE id = visit AND revision = to_revision - 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'appointment % has changed meanwhile', visit;
  END IF;
  RETURN true;
EXCEPTION WHEN exclusion_violation THEN
  RETURN false;
END $$;

-- What a patient is told by one channel: of a change, or before and after the visit.
CREATE TABLE appointment_notice (
  appointment_id uuid        NOT NULL,
  revision       int         NOT NULL,
  kind           text        NOT NULL,
  channel        text        NOT NULL,
  account_id     bigint      NOT NULL,
  -- That of its message, unless there is a reason why there is none.
  id             uuid        NOT NULL,
  reason         text,
  created_at     timestamptz NOT NULL,

  PRIMARY KEY (appointment_id, revision, kind, channel)
);

CREATE UNIQUE INDEX appointment_notice_by_account ON appointment_notice (account_id, id);

-- No foreign key: message is partitioned by id, and forgotten earlier.
CREATE FUNCTION appointment_notice_has_its_message() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM written w WHERE w.reason IS NULL AND NOT EXISTS (SELECT FROM message m WHERE m.id = w.id)) THEN
    RAISE EXCEPTION 'a notice without a message needs a reason' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER appointment_notice_has_its_message AFTER INSERT ON appointment_notice
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION appointment_notice_has_its_message();

-- Every change of a visit: a chain in which each begins where the one before has ended.
CREATE TABLE appointment_history (
  appointment_id uuid        NOT NULL,
  revision       int         NOT NULL,
  -- Null for the booking.
  previous       int,
  changed_at     timestamptz NOT NULL,
  changed_by     text        NOT NULL,
  from_status    text,
  from_starts_at timestamptz,
  to_status      text        NOT NULL,
  to_starts_at   timestamptz NOT NULL,
  -- One of its notices: there is one at least.
  notice_kind    text        NOT NULL,
  notice_channel text        NOT NULL,

  PRIMARY KEY (appointment_id, revision),
  CONSTRAINT history_leads_somewhere UNIQUE (appointment_id, revision, to_status, to_starts_at),
  CONSTRAINT history_is_counted_from_one CHECK (revision >= 1 AND previous IS NOT DISTINCT FROM nullif(revision - 1, 0)),
  CONSTRAINT history_begins_with_a_booking
    CHECK (CASE WHEN previous IS NULL THEN from_status IS NULL AND from_starts_at IS NULL AND to_status = 'booked'
                ELSE from_starts_at IS NOT NULL AND coalesce(appointment_may_move(from_status, to_status), false) END),
  CONSTRAINT history_tells_of_this_change CHECK (notice_kind = appointment_notice_of(from_status, to_status)),
  CONSTRAINT history_goes_on_from_the_last FOREIGN KEY (appointment_id, previous, from_status, from_starts_at)
    REFERENCES appointment_history (appointment_id, revision, to_status, to_starts_at),
  CONSTRAINT change_has_its_notice FOREIGN KEY (appointment_id, revision, notice_kind, notice_channel)
    REFERENCES appointment_notice (appointment_id, revision, kind, channel)
);

-- At the end of the transaction: first the place is taken, then it is known of whom to tell.
ALTER TABLE appointment ADD CONSTRAINT change_has_its_history FOREIGN KEY (id, revision, status, starts_at)
  REFERENCES appointment_history (appointment_id, revision, to_status, to_starts_at) DEFERRABLE INITIALLY DEFERRED;

-- What is still to be told, and when. Gone in the transaction in which it becomes a message.
CREATE TABLE appointment_reminder (
  appointment_id uuid        NOT NULL,
  kind           text        NOT NULL,
  due_at         timestamptz NOT NULL,

  PRIMARY KEY (appointment_id, kind)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX appointment_reminder_due ON appointment_reminder (due_at);

-- A doctor with the clinic, as every statement that tells of visits reads them.
CREATE VIEW place AS
  SELECT d.no AS doctor_no, d.account_id AS doctor_account_id, d.id AS doctor_id, d.name AS doctor_name,
         d.specialisation AS doctor_specialisation, d.slot_minutes AS doctor_slot_minutes, d.hours AS doctor_hours,
         d.holidays AS doctor_holidays, d.active AS doctor_active,
         c.account_id AS clinic_account_id, c.name AS clinic_name, c.phone AS clinic_phone,
         c.emergency_number AS clinic_emergency_number, c.time_zone AS clinic_time_zone, c.country AS clinic_country,
         c.notice_minutes AS clinic_notice_minutes, c.follow_up_minutes AS clinic_follow_up_minutes, c.notify AS clinic_notify
  FROM doctor d JOIN clinic c ON c.account_id = d.account_id;
