-- The conversation in which people book visits to doctors.

-- What an account has set for it. Which of its numbers talk, dialog_line says.
CREATE TABLE booking_conversation (
  account_id bigint      PRIMARY KEY,
  days_ahead int         NOT NULL,
  -- Twilio's Content by what it shows and how many choices it has: {"quick_reply": {"2": "HX..."}, "list": {"5": "HX..."}}.
  contents   jsonb       NOT NULL,
  updated_at timestamptz NOT NULL,

  CONSTRAINT days_ahead_are_in_range CHECK (days_ahead BETWEEN 1 AND 365)
);

-- Where a conversation stands, after its last answer. Gone a day later.
CREATE TABLE conversation (
  account_id        bigint      NOT NULL,
  channel           text        NOT NULL,
  number            text        NOT NULL,
  person            text        NOT NULL,
  stage             text        NOT NULL,
  -- What was gathered.
  plan              jsonb       NOT NULL,
  -- What was offered last, in its order: a number is one of them.
  choices           jsonb       NOT NULL,
  misunderstandings smallint    NOT NULL,
  language          text        NOT NULL,
  last_at           timestamptz NOT NULL,

  PRIMARY KEY (person, number, channel, account_id),
  -- As io.heliograph.gateway.booking.talk.Stage has it; a test compares the two.
  CONSTRAINT stage_is_known CHECK (stage IN ('greeting', 'symptoms', 'doctor', 'day', 'time', 'details', 'confirmation', 'visits',
                                             'visit', 'cancelling', 'over')),
  CONSTRAINT language_is_known CHECK (language IN ('en', 'hi'))
  -- No index on last_at, which every turn changes: what is old is found by a walk over what little there is.
) WITH (fillfactor = 70);

-- Keywords that mean something else on a number with this dialog, and are left to it. STOP is STOP everywhere.
CREATE TABLE dialog_word (
  dialog   text NOT NULL,
  -- As keyword.compared.
  compared text NOT NULL,

  PRIMARY KEY (dialog, compared)
);

INSERT INTO dialog_word (dialog, compared)
SELECT 'booking', compared FROM keyword
WHERE account_id = 0
  AND (kind = 'help' OR kind = 'start' AND compared NOT IN ('START', 'UNSTOP') OR compared IN ('CANCEL', 'END'));

-- Which kind of doctor a trouble is for. Those of account 0 are everybody's; an account's own word comes before them.
CREATE TABLE symptom (
  account_id     bigint  NOT NULL,
  -- As io.heliograph.gateway.booking.hearing.Said writes it; several words are looked for in a row.
  word           text    NOT NULL,
  -- Null for what is for no doctor in particular.
  specialisation text,
  -- Nobody should wait for an appointment with it.
  urgent         boolean NOT NULL,

  PRIMARY KEY (account_id, word)
);

INSERT INTO symptom (account_id, word, specialisation, urgent)
SELECT 0, unnest(words), specialisation, urgent
FROM (VALUES
  ('general', false,
    ARRAY['fever', 'temperature', 'cold', 'cough', 'flu', 'sore throat', 'weakness', 'tired', 'tiredness', 'fatigue', 'body pain',
      'body ache', 'bodyache', 'viral', 'infection', 'checkup', 'general physician', 'general medicine', 'physician',
      'family doctor', 'gp', 'malaria', 'dengue', 'dizziness', 'dizzy', 'bukhar', 'bukhaar', 'tez bukhar', 'khansi', 'khasi',
      'sardi', 'jukam', 'zukam', 'kamzori', 'kamjori', 'badan dard', 'chakkar', 'thakan', 'बुखार', 'तेज बुखार', 'खांसी', 'सर्दी',
      'जुकाम', 'कमजोरी', 'बदन दर्द', 'चक्कर', 'थकान', 'सामान्य चिकित्सक']),
  ('cardiology', false,
    ARRAY['heart', 'heart doctor', 'cardiology', 'cardiologist', 'palpitations', 'palpitation', 'blood pressure', 'high bp',
      'low bp', 'bp', 'cholesterol', 'hypertension', 'swollen feet', 'dil', 'dil ka doctor', 'dhadkan', 'raktchap', 'दिल', 'हृदय',
      'धडकन', 'ब्लड प्रेशर', 'रक्तचाप', 'बीपी', 'हृदय रोग']),
  ('dermatology', false,
    ARRAY['skin', 'skin rash', 'rash', 'rashes', 'itching', 'itch', 'itchy', 'acne', 'pimple', 'pimples', 'eczema', 'psoriasis',
      'hair fall', 'hair loss', 'hairfall', 'dandruff', 'fungal', 'ringworm', 'wart', 'mole', 'dermatology', 'dermatologist',
      'skin doctor', 'hives', 'allergy', 'khujli', 'daane', 'daad', 'chamdi', 'tvacha', 'baal jhadna', 'muhanse', 'खुजली', 'दाने',
      'दाद', 'त्वचा', 'चमडी', 'बाल झडना', 'मुंहासे', 'मुहांसे', 'एलर्जी']),
  ('dentistry', false,
    ARRAY['tooth', 'teeth', 'toothache', 'tooth ache', 'tooth pain', 'teeth pain', 'gum', 'gums', 'cavity', 'braces', 'wisdom tooth',
      'dental', 'dentist', 'dentistry', 'root canal', 'denture', 'daant', 'dant', 'daant dard', 'dant dard', 'daant ka dard',
      'masude', 'दांत', 'दांत दर्द', 'दांत में दर्द', 'मसूडे', 'दंत चिकित्सक']),
  ('orthopaedics', false,
    ARRAY['bone', 'bones', 'joint', 'joints', 'joint pain', 'knee', 'knee pain', 'back pain', 'backache', 'shoulder pain',
      'neck pain', 'hip pain', 'sprain', 'ankle', 'arthritis', 'slip disc', 'sciatica', 'wrist', 'elbow', 'orthopaedics',
      'orthopedics', 'orthopedic', 'orthopaedic', 'ortho', 'ghutna', 'ghutne', 'ghutne ka dard', 'kamar dard', 'kamar', 'haddi',
      'jodon ka dard', 'gardan dard', 'moch', 'घुटना', 'घुटने', 'घुटने का दर्द', 'कमर दर्द', 'कमर', 'हड्डी', 'जोडों का दर्द',
      'जोडों में दर्द', 'गर्दन दर्द', 'मोच']),
  ('paediatrics', false,
    ARRAY['child', 'children', 'baby', 'infant', 'newborn', 'kid', 'kids', 'vaccination', 'vaccine', 'my son', 'my daughter',
      'paediatrics', 'pediatrics', 'paediatrician', 'pediatrician', 'child specialist', 'bachcha', 'bachche', 'baccha', 'bacche',
      'bachi', 'teeka', 'tika', 'बच्चा', 'बच्चे', 'बच्ची', 'शिशु', 'टीका', 'बाल रोग']),
  ('gynaecology', false,
    ARRAY['pregnancy', 'pregnant', 'period', 'periods', 'menstrual', 'irregular periods', 'pcos', 'pcod', 'menopause',
      'white discharge', 'gynaecology', 'gynecology', 'gynaecologist', 'gynecologist', 'gynae', 'obstetrics', 'womens doctor',
      'lady doctor', 'ladies doctor', 'mahwari', 'mahvari', 'garbh', 'garbhvati', 'गर्भ', 'गर्भवती', 'माहवारी', 'मासिक धर्म',
      'पीरियड', 'स्त्री रोग']),
  ('ent', false,
    ARRAY['ear', 'ears', 'earache', 'ear pain', 'ear ache', 'hearing', 'nose', 'nose block', 'blocked nose', 'sinus', 'sinusitis',
      'tonsil', 'tonsils', 'tonsillitis', 'throat', 'throat pain', 'voice', 'snoring', 'vertigo', 'ent', 'kaan', 'kaan dard', 'naak',
      'gala', 'gale mein dard', 'कान', 'कान दर्द', 'कान में दर्द', 'नाक', 'गला', 'गले में दर्द', 'गले में खराश']),
  ('ophthalmology', false,
    ARRAY['eye', 'eyes', 'eye pain', 'red eye', 'red eyes', 'vision', 'blurred vision', 'blurry vision', 'cataract', 'glasses',
      'spectacles', 'watery eyes', 'eye doctor', 'ophthalmology', 'ophthalmologist', 'optician', 'aankh', 'ankh', 'aankhen',
      'aankh dard', 'chashma', 'motiyabind', 'आंख', 'आंखें', 'आंखों', 'आंख में दर्द', 'चश्मा', 'मोतियाबिंद', 'नजर']),
  ('neurology', false,
    ARRAY['headache', 'headaches', 'head ache', 'migraine', 'numbness', 'tingling', 'tremor', 'memory loss', 'epilepsy', 'nerve',
      'nerves', 'neurology', 'neurologist', 'sir dard', 'sirdard', 'sar dard', 'sardard', 'sunn', 'mirgi', 'सिर दर्द', 'सिरदर्द',
      'सर दर्द', 'सिर में दर्द', 'सुन्न', 'मिर्गी', 'माइग्रेन']),
  ('psychiatry', false,
    ARRAY['anxiety', 'anxious', 'depression', 'depressed', 'stress', 'panic', 'panic attack', 'sleepless', 'insomnia',
      'cannot sleep', 'cant sleep', 'mental', 'mental health', 'sad', 'psychiatry', 'psychiatrist', 'psychologist', 'counselling',
      'counseling', 'tanav', 'neend nahi', 'udaas', 'chinta', 'ghabrahat', 'तनाव', 'नींद नहीं', 'उदास', 'चिंता', 'घबराहट', 'मानसिक']),
  ('gastroenterology', false,
    ARRAY['stomach', 'stomach pain', 'stomach ache', 'stomachache', 'tummy', 'tummy ache', 'abdomen', 'abdominal pain', 'acidity',
      'gas', 'gastric', 'heartburn', 'indigestion', 'constipation', 'diarrhoea', 'diarrhea', 'loose motion', 'loose motions',
      'vomiting', 'vomit', 'nausea', 'liver', 'jaundice', 'piles', 'ulcer', 'gastroenterology', 'gastroenterologist', 'pet',
      'pet dard', 'pet mein dard', 'pait dard', 'ulti', 'dast', 'kabz', 'badhazmi', 'peeliya', 'bawasir', 'पेट', 'पेट दर्द',
      'पेट में दर्द', 'उल्टी', 'दस्त', 'कब्ज', 'गैस', 'एसिडिटी', 'बदहजमी', 'पीलिया', 'बवासीर']),
  ('urology', false,
    ARRAY['urine', 'urinary', 'uti', 'burning urine', 'kidney', 'kidney stone', 'kidney stones', 'prostate', 'urology', 'urologist',
      'peshab', 'peshaab', 'pathri', 'gurda', 'पेशाब', 'पथरी', 'गुर्दा', 'पेशाब में जलन']),
  ('pulmonology', false,
    ARRAY['asthma', 'breathing problem', 'wheezing', 'lungs', 'lung', 'tb', 'tuberculosis', 'bronchitis', 'inhaler', 'pulmonology',
      'pulmonologist', 'chest congestion', 'dama', 'saans ki takleef', 'phephde', 'दमा', 'फेफडे', 'टीबी', 'अस्थमा', 'सांस की तकलीफ']),
  ('endocrinology', false,
    ARRAY['diabetes', 'diabetic', 'sugar', 'blood sugar', 'thyroid', 'insulin', 'hormone', 'hormones', 'weight gain', 'weight loss',
      'endocrinology', 'endocrinologist', 'madhumeh', 'मधुमेह', 'शुगर', 'डायबिटीज', 'थायराइड', 'थायरॉइड']),
  ('cardiology', true,
    ARRAY['chest pain', 'chest pains', 'pain in chest', 'pain in my chest', 'pain in the chest', 'chest hurts', 'chest tightness',
      'tight chest', 'heart attack', 'seene mein dard', 'seene me dard', 'sine me dard', 'sine mein dard', 'chhati mein dard',
      'chati me dard', 'dil ka daura', 'सीने में दर्द', 'छाती में दर्द', 'दिल का दौरा', 'हार्ट अटैक']),
  ('general', true,
    ARRAY['bleeding', 'bleeding a lot', 'heavy bleeding', 'blood loss', 'vomiting blood', 'coughing blood', 'unconscious', 'fainted',
      'not breathing', 'poison', 'poisoned', 'poisoning', 'snake bite', 'snakebite', 'accident', 'burnt badly', 'severe burn',
      'overdose', 'khoon', 'khoon beh raha', 'behosh', 'zeher', 'jahar', 'saanp', 'saanp ne kaata', 'खून', 'खून बह रहा', 'बेहोश',
      'जहर', 'सांप', 'सांप ने काटा', 'दुर्घटना']),
  ('pulmonology', true,
    ARRAY['cannot breathe', 'cant breathe', 'can not breathe', 'difficulty breathing', 'difficulty in breathing', 'hard to breathe',
      'breathless', 'breathlessness', 'short of breath', 'shortness of breath', 'choking', 'saans nahi', 'saans nahi aa rahi',
      'सांस नहीं', 'सांस नहीं आ रही', 'सांस फूल रही', 'दम घुट रहा']),
  ('neurology', true,
    ARRAY['stroke', 'paralysis', 'seizure', 'seizures', 'convulsion', 'face drooping', 'slurred speech', 'worst headache', 'lakwa',
      'daura pada', 'लकवा', 'दौरा पडा']),
  ('psychiatry', true,
    ARRAY['suicide', 'suicidal', 'kill myself', 'want to die', 'end my life', 'hurt myself', 'self harm', 'khudkushi', 'aatmhatya',
      'marna chahta', 'marna chahti', 'आत्महत्या', 'खुदकुशी', 'मरना चाहता', 'मरना चाहती']),
  ('gynaecology', true,
    ARRAY['water broke', 'labour pain', 'labor pain', 'pregnant and bleeding', 'प्रसव पीडा'])
) AS shipped (specialisation, urgent, words);
