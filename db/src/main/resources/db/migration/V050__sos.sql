-- Blood that somebody needs, and who has been asked to give it.

-- What a user who gives blood has said of themselves.
CREATE TABLE donor (
  account_id  bigint      NOT NULL,
  user_id     text        NOT NULL,
  -- Told to the patient with the number, once the donor has said SHARE.
  name        text,
  blood_group text        NOT NULL,
  -- As it was written, and as it is compared: see PlaceKey.
  city        text        NOT NULL,
  city_key    text        NOT NULL,
  area        text,
  available   boolean     NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),

  PRIMARY KEY (account_id, user_id),
  CONSTRAINT donor_is_a_user FOREIGN KEY (account_id, user_id) REFERENCES app_user (account_id, id) ON DELETE CASCADE,
  CONSTRAINT blood_group_is_known CHECK (blood_group IN ('O-', 'O+', 'A-', 'A+', 'B-', 'B+', 'AB-', 'AB+'))
);

CREATE INDEX donor_by_city ON donor (account_id, city_key, blood_group, available);

-- Names of one city. Those of account 0 are everybody's; a row of an account's own goes before one with the same alias, and one that
-- stands for itself says that it is another city after all.
CREATE TABLE city_alias (
  account_id bigint NOT NULL,
  alias_key  text   NOT NULL,
  alias      text   NOT NULL,
  city_key   text   NOT NULL,
  city       text   NOT NULL,

  PRIMARY KEY (account_id, alias_key)
);

-- All names of the cities with these keys, these among them: aliases of aliases too, in either direction.
CREATE FUNCTION city_names(of_account bigint, keys text[]) RETURNS text[]
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    WITH RECURSIVE alias AS MATERIALIZED (
      SELECT DISTINCT ON (a.alias_key) a.alias_key, a.city_key
      FROM city_alias a WHERE a.account_id IN (0, of_account)
      ORDER BY a.alias_key, a.account_id DESC
    ), name AS (
      SELECT unnest(keys) AS key
      UNION
      SELECT CASE WHEN a.alias_key = n.key THEN a.city_key ELSE a.alias_key END
      FROM name n JOIN alias a ON n.key IN (a.alias_key, a.city_key)
    )
    SELECT array_agg(name.key) FROM name;
  END;

INSERT INTO city_alias (account_id, alias_key, alias, city_key, city) VALUES
  (0, 'bombay', 'Bombay', 'mumbai', 'Mumbai'),
  (0, 'मुंबई', 'मुंबई', 'mumbai', 'Mumbai'),
  (0, 'मुम्बई', 'मुम्बई', 'mumbai', 'Mumbai'),
  (0, 'bangalore', 'Bangalore', 'bengaluru', 'Bengaluru'),
  (0, 'bengalore', 'Bengalore', 'bengaluru', 'Bengaluru'),
  (0, 'बेंगलुरु', 'बेंगलुरु', 'bengaluru', 'Bengaluru'),
  (0, 'बैंगलोर', 'बैंगलोर', 'bengaluru', 'Bengaluru'),
  (0, 'calcutta', 'Calcutta', 'kolkata', 'Kolkata'),
  (0, 'कोलकाता', 'कोलकाता', 'kolkata', 'Kolkata'),
  (0, 'madras', 'Madras', 'chennai', 'Chennai'),
  (0, 'चेन्नई', 'चेन्नई', 'chennai', 'Chennai'),
  (0, 'newdelhi', 'New Delhi', 'delhi', 'Delhi'),
  (0, 'दिल्ली', 'दिल्ली', 'delhi', 'Delhi'),
  (0, 'नईदिल्ली', 'नई दिल्ली', 'delhi', 'Delhi'),
  (0, 'gurgaon', 'Gurgaon', 'gurugram', 'Gurugram'),
  (0, 'गुरुग्राम', 'गुरुग्राम', 'gurugram', 'Gurugram'),
  (0, 'गुड़गांव', 'गुड़गांव', 'gurugram', 'Gurugram'),
  (0, 'poona', 'Poona', 'pune', 'Pune'),
  (0, 'पुणे', 'पुणे', 'pune', 'Pune'),
  (0, 'baroda', 'Baroda', 'vadodara', 'Vadodara'),
  (0, 'trivandrum', 'Trivandrum', 'thiruvananthapuram', 'Thiruvananthapuram'),
  (0, 'cochin', 'Cochin', 'kochi', 'Kochi'),
  (0, 'calicut', 'Calicut', 'kozhikode', 'Kozhikode'),
  (0, 'quilon', 'Quilon', 'kollam', 'Kollam'),
  (0, 'trichur', 'Trichur', 'thrissur', 'Thrissur'),
  (0, 'alleppey', 'Alleppey', 'alappuzha', 'Alappuzha'),
  (0, 'mysore', 'Mysore', 'mysuru', 'Mysuru'),
  (0, 'mangalore', 'Mangalore', 'mangaluru', 'Mangaluru'),
  (0, 'hubli', 'Hubli', 'hubballi', 'Hubballi'),
  (0, 'belgaum', 'Belgaum', 'belagavi', 'Belagavi'),
  (0, 'gulbarga', 'Gulbarga', 'kalaburagi', 'Kalaburagi'),
  (0, 'bellary', 'Bellary', 'ballari', 'Ballari'),
  (0, 'shimoga', 'Shimoga', 'shivamogga', 'Shivamogga'),
  (0, 'pondicherry', 'Pondicherry', 'puducherry', 'Puducherry'),
  (0, 'trichy', 'Trichy', 'tiruchirappalli', 'Tiruchirappalli'),
  (0, 'tiruchi', 'Tiruchi', 'tiruchirappalli', 'Tiruchirappalli'),
  (0, 'tuticorin', 'Tuticorin', 'thoothukudi', 'Thoothukudi'),
  (0, 'ooty', 'Ooty', 'udhagamandalam', 'Udhagamandalam'),
  (0, 'allahabad', 'Allahabad', 'prayagraj', 'Prayagraj'),
  (0, 'प्रयागराज', 'प्रयागराज', 'prayagraj', 'Prayagraj'),
  (0, 'benares', 'Benares', 'varanasi', 'Varanasi'),
  (0, 'banaras', 'Banaras', 'varanasi', 'Varanasi'),
  (0, 'वाराणसी', 'वाराणसी', 'varanasi', 'Varanasi'),
  (0, 'cawnpore', 'Cawnpore', 'kanpur', 'Kanpur'),
  (0, 'कानपुर', 'कानपुर', 'kanpur', 'Kanpur'),
  (0, 'लखनऊ', 'लखनऊ', 'lucknow', 'Lucknow'),
  (0, 'vizag', 'Vizag', 'visakhapatnam', 'Visakhapatnam'),
  (0, 'gauhati', 'Gauhati', 'guwahati', 'Guwahati'),
  (0, 'simla', 'Simla', 'shimla', 'Shimla'),
  (0, 'jullundur', 'Jullundur', 'jalandhar', 'Jalandhar'),
  (0, 'nasik', 'Nasik', 'nashik', 'Nashik'),
  (0, 'नागपुर', 'नागपुर', 'nagpur', 'Nagpur'),
  (0, 'panjim', 'Panjim', 'panaji', 'Panaji'),
  (0, 'noidacity', 'Noida City', 'noida', 'Noida'),
  (0, 'नोएडा', 'नोएडा', 'noida', 'Noida'),
  (0, 'जयपुर', 'जयपुर', 'jaipur', 'Jaipur'),
  (0, 'भोपाल', 'भोपाल', 'bhopal', 'Bhopal'),
  (0, 'इंदौर', 'इंदौर', 'indore', 'Indore'),
  (0, 'पटना', 'पटना', 'patna', 'Patna'),
  (0, 'हैदराबाद', 'हैदराबाद', 'hyderabad', 'Hyderabad'),
  (0, 'अहमदाबाद', 'अहमदाबाद', 'ahmedabad', 'Ahmedabad'),
  (0, 'amdavad', 'Amdavad', 'ahmedabad', 'Ahmedabad'),
  (0, 'सूरत', 'सूरत', 'surat', 'Surat'),
  (0, 'aurangabadmaharashtra', 'Aurangabad (Maharashtra)', 'chhatrapatisambhajinagar', 'Chhatrapati Sambhajinagar'),
  (0, 'गाज़ियाबाद', 'गाज़ियाबाद', 'ghaziabad', 'Ghaziabad'),
  (0, 'फरीदाबाद', 'फरीदाबाद', 'faridabad', 'Faridabad');

-- Cities that one may have to look in together, by a name for all of them. Those of account 0 are everybody's.
CREATE TABLE sos_area (
  account_id bigint NOT NULL,
  area_key   text   NOT NULL,
  area       text   NOT NULL,
  cities     text[] NOT NULL,
  city_keys  text[] NOT NULL,

  PRIMARY KEY (account_id, area_key),
  CONSTRAINT area_has_some_cities CHECK (cardinality(cities) BETWEEN 1 AND 50 AND cardinality(cities) = cardinality(city_keys))
);

INSERT INTO sos_area (account_id, area_key, area, cities, city_keys) VALUES
  (0, 'ncr', 'NCR', ARRAY['Delhi', 'Gurugram', 'Noida', 'Ghaziabad', 'Faridabad'], ARRAY['delhi', 'gurugram', 'noida', 'ghaziabad', 'faridabad']),
  (0, 'mmr', 'MMR', ARRAY['Mumbai', 'Thane', 'Navi Mumbai', 'Kalyan', 'Vasai'], ARRAY['mumbai', 'thane', 'navimumbai', 'kalyan', 'vasai']);

CREATE TABLE sos_request (
  id               uuid        NOT NULL,
  account_id       bigint      NOT NULL,
  -- A user, who alone learns whom to call.
  patient_id       text        NOT NULL,
  blood_group      text        NOT NULL,
  units            smallint    NOT NULL,
  city             text        NOT NULL,
  city_key         text        NOT NULL,
  area             text,
  hospital         text,
  -- Where the patient is told of donors, if not by their own number.
  contact          text,
  priority         text        NOT NULL,
  status           text        NOT NULL DEFAULT 'open',
  -- What donors answer with: it tells their requests apart, and lets nobody in.
  token            text        NOT NULL,
  token_expires_at timestamptz NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  matched_at       timestamptz,
  ended_at         timestamptz,
  -- Alerts that have not left are still to be taken back, and donors to be told.
  winding          boolean     NOT NULL DEFAULT false,

  PRIMARY KEY (id),
  CONSTRAINT blood_group_is_known CHECK (blood_group IN ('O-', 'O+', 'A-', 'A+', 'B-', 'B+', 'AB-', 'AB+')),
  CONSTRAINT units_are_given_by_somebody CHECK (units BETWEEN 1 AND 100),
  CONSTRAINT priority_is_known CHECK (priority IN ('normal', 'urgent', 'critical')),
  CONSTRAINT request_status_is_known CHECK (status IN ('open', 'fulfilled', 'closed')),
  CONSTRAINT ended_has_a_time CHECK ((status = 'open') = (ended_at IS NULL))
);

CREATE INDEX sos_request_by_account ON sos_request (account_id, id);
CREATE INDEX sos_request_by_patient ON sos_request (account_id, patient_id, id);
CREATE UNIQUE INDEX token_names_one_request ON sos_request (account_id, token);
CREATE INDEX sos_request_winding ON sos_request (id) WHERE winding;

-- A donor who was asked for one request, once, and what they said. No foreign key holds it to its request, which whoever writes it has locked: to
-- ask ten thousand times whether that is there was an eighth of a match.
CREATE TABLE sos_response (
  id           uuid        NOT NULL,
  account_id   bigint      NOT NULL,
  request_id   uuid        NOT NULL,
  donor_id     text        NOT NULL,
  -- The number that was alerted: by which an answer is known.
  phone        text        NOT NULL,
  -- The latest alert.
  message_id   uuid        NOT NULL,
  alerts       smallint    NOT NULL DEFAULT 1,
  alerted_at   timestamptz NOT NULL DEFAULT now(),
  answer       text,
  answered_by  text,
  answered_at  timestamptz,
  first_yes_at timestamptz,
  shared       boolean     NOT NULL DEFAULT false,
  shared_at    timestamptz,
  -- How often the patient was sent the number.
  reveals      smallint    NOT NULL DEFAULT 0,
  -- When they were told that nothing is needed any more, or need not be.
  over_at      timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT donor_is_asked_once UNIQUE (request_id, donor_id),
  CONSTRAINT answer_is_known CHECK (answer IN ('yes', 'no')),
  CONSTRAINT answer_came_somehow CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)),
  CONSTRAINT who_shares_has_said_yes CHECK (NOT shared OR answer = 'yes')
) WITH (fillfactor = 80);

CREATE INDEX sos_response_by_request ON sos_response (request_id, id);
CREATE INDEX sos_response_by_phone ON sos_response (account_id, phone, id);
CREATE INDEX sos_response_by_donor ON sos_response (account_id, donor_id, id);

-- Each time that somebody got to know whom to call. Append only: of an erased person a keyed hash is left.
CREATE TABLE sos_reveal (
  id          uuid        NOT NULL,
  account_id  bigint      NOT NULL,
  request_id  uuid        NOT NULL,
  response_id uuid        NOT NULL,
  donor_id    text        NOT NULL,
  patient_id  text        NOT NULL,
  revealed_at timestamptz NOT NULL DEFAULT now(),
  -- message: to the patient; api: to a caller who named the patient.
  way         text        NOT NULL,
  message_id  uuid,
  -- The hash of the API key.
  revealed_by bytea,

  PRIMARY KEY (id),
  CONSTRAINT way_is_known CHECK (way IN ('message', 'api') AND (way = 'message') = (message_id IS NOT NULL))
);

CREATE INDEX sos_reveal_by_request ON sos_reveal (request_id, id);
CREATE INDEX sos_reveal_by_donor ON sos_reveal (account_id, donor_id, id);
CREATE INDEX sos_reveal_by_patient ON sos_reveal (account_id, patient_id, id);

CREATE FUNCTION keep_reveal() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND EXISTS (
      SELECT FROM erasure e
      WHERE e.account_id = OLD.account_id AND e.user_id IN (OLD.donor_id, OLD.patient_id) AND e.finished_at IS NULL) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Who was told whom to call is never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER reveal_stays BEFORE UPDATE OR DELETE ON sos_reveal FOR EACH ROW EXECUTE FUNCTION keep_reveal();

CREATE FUNCTION keep_reveals() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Who was told whom to call is never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER reveals_stay BEFORE TRUNCATE ON sos_reveal FOR EACH STATEMENT EXECUTE FUNCTION keep_reveals();

-- What a donor is honoured for: so often at least. A badge follows from what somebody did, and is stored nowhere. Those of account 0 are
-- everybody's; an account's own with the same name goes before it.
CREATE TABLE badge_rule (
  account_id     bigint   NOT NULL,
  badge          text     NOT NULL,
  title          text     NOT NULL,
  -- answers, yes, shared; quick_yes within within_minutes of the alert.
  metric         text     NOT NULL,
  at_least       smallint NOT NULL,
  within_minutes smallint,
  -- An account may do without one of everybody's.
  enabled        boolean  NOT NULL DEFAULT true,

  PRIMARY KEY (account_id, badge),
  CONSTRAINT metric_is_known CHECK (metric IN ('answers', 'yes', 'shared', 'quick_yes')),
  CONSTRAINT at_least_once CHECK (at_least >= 1),
  CONSTRAINT quick_is_within_some_minutes CHECK ((metric = 'quick_yes') = (within_minutes IS NOT NULL))
);

INSERT INTO badge_rule (account_id, badge, title, metric, at_least, within_minutes) VALUES
  (0, 'first_answer', 'First answer', 'answers', 1, NULL),
  (0, 'always_there', 'Always there', 'answers', 10, NULL),
  (0, 'ready_to_give', 'Ready to give', 'yes', 1, NULL),
  (0, 'lifesaver', 'Lifesaver', 'shared', 1, NULL),
  (0, 'hero', 'Hero', 'shared', 5, NULL),
  (0, 'quick_helper', 'Quick helper', 'quick_yes', 1, 15);
