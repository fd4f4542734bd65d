"""Twilio's own Python SDK, as it is, against a gateway. Started by TwilioPythonSdkTest; what it needs to know is in its environment."""
import json
import os
import unittest
from datetime import datetime, timedelta, timezone

from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

BASE_URL = os.environ["BASE_URL"]
ACCOUNT_SID = os.environ["ACCOUNT_SID"]
AUTH_TOKEN = os.environ["AUTH_TOKEN"]
MESSAGING_SERVICE = "MG" + "0" * 32
KEY_SID = "SK" + "0" * 32
FROM = "+15005550006"
TO = "+15005550010"


def client(user=ACCOUNT_SID, password=AUTH_TOKEN, account_sid=None):
    made = Client(user, password, account_sid)
    made.api.base_url = BASE_URL  # the one changed line
    return made


messages = client().messages


def scheduled():
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    return messages.create(
        to=TO, messaging_service_sid=MESSAGING_SERVICE, body="Later", schedule_type="fixed", send_at=later)


class TwilioTest(unittest.TestCase):
    def refused(self, code, status, call):
        with self.assertRaises(TwilioRestException) as refusal:
            call()
        self.assertEqual((refusal.exception.code, refusal.exception.status), (code, status))

    def test_creates_and_fetches_a_message(self):
        text = "Hello & goodbye; 50% + more \u2713"

        created = messages.create(to=TO, from_=FROM, body=text)
        fetched = messages(created.sid).fetch()

        self.assertRegex(created.sid, "^SM[0-9a-f]{32}$")
        self.assertEqual(created.status, "queued")
        self.assertEqual(created.account_sid, ACCOUNT_SID)
        self.assertIsInstance(created.date_created, datetime)
        self.assertIsNone(created.date_sent)
        self.assertEqual((fetched.body, fetched.from_, fetched.to), (text, FROM, TO))
        self.assertEqual(fetched.direction, "outbound-api")
        self.assertEqual(fetched.date_created, created.date_created)

    def test_replaces_what_makes_three_messages_of_one_when_asked_to(self):
        created = messages.create(to=TO, from_=FROM, body="\u201cIt\u2019s\u201d ready", smart_encoded=True)

        self.assertEqual(created.body, "\"It's\" ready")

    def test_creates_messages_of_whatsapp_and_with_media(self):
        whatsapp = messages.create(to="whatsapp:" + TO, from_="whatsapp:" + FROM, body="Hello")
        urls = ["https://example.com/a.png", "https://example.com/b.pdf"]
        picture = messages.create(to=TO, from_=FROM, media_url=urls)

        media = messages(picture.sid).media.list()

        self.assertEqual((whatsapp.to, whatsapp.from_), ("whatsapp:" + TO, "whatsapp:" + FROM))
        self.assertTrue(picture.sid.startswith("MM"))
        self.assertEqual(picture.num_media, "2")
        self.assertEqual([one.content_type for one in media], ["image/png", "application/pdf"])
        self.assertEqual(messages(picture.sid).media(media[1].sid).fetch().parent_sid, picture.sid)

    def test_lists_over_pages_and_filters(self):
        to = "+15005550099"
        for i in range(5):
            messages.create(to=to, from_=FROM, body=str(i))

        first = messages.page(to=to, page_size=2)
        sids = [message.sid for message in first]
        second = first.next_page()

        self.assertEqual([message.body for message in messages.list(to=to, page_size=2)], ["4", "3", "2", "1", "0"])
        self.assertEqual(len(messages.list(to=to, limit=3)), 3)
        self.assertEqual([message.body for message in second], ["2", "1"])
        self.assertEqual([message.sid for message in second.previous_page()], sids)
        self.assertEqual(messages.list(to=to, from_="+15005550007"), [])
        self.assertEqual(messages.list(to=to, date_sent_after=datetime(2020, 1, 1)), [])

    def test_schedules_cancels_redacts_and_deletes_a_message(self):
        later = scheduled()
        self.assertEqual((later.status, later.messaging_service_sid), ("scheduled", MESSAGING_SERVICE))
        self.refused(20009, 409, messages(later.sid).delete)

        self.assertEqual(messages(later.sid).update(status="canceled").status, "canceled")
        self.assertEqual(messages(later.sid).update(body="").body, "")
        self.assertEqual(messages(later.sid).feedback.create(outcome="unconfirmed").outcome, "unconfirmed")
        self.assertTrue(messages(later.sid).delete())
        self.refused(20404, 404, messages(later.sid).fetch)

    def test_tells_what_is_wrong_as_twilio_does(self):
        wrong = {
            21211: {"to": "12"},
            21212: {"from_": "!"},
            21266: {"from_": TO},
            21602: {"body": ""},
            21603: {"from_": ""},
            21609: {"status_callback": "https://no_host/x"},
            21617: {"body": "x" * 1601},
            21620: {"media_url": ["ftp://example.com/a"]},
            21624: {"validity_period": 36001},
            21701: {"messaging_service_sid": "MG1"},
            21910: {"from_": "whatsapp:" + FROM},
            35111: {"schedule_type": "fixed"},
        }
        for code, parameters in wrong.items():
            with self.subTest(code):
                given = {"to": TO, "from_": FROM, "body": "Hello", **parameters}
                self.refused(code, 400, lambda: messages.create(**given))

    def test_knows_who_may_do_what(self):
        def create(made):
            return made.messages.create(to=TO, from_=FROM, body="Hello")

        self.refused(20003, 401, lambda: create(client(password="not the token")))
        self.refused(20003, 401, lambda: create(client(user="AC" + "0" * 32)))
        self.assertEqual(create(client(KEY_SID, os.environ["API_KEY"], ACCOUNT_SID)).status, "queued")
        reader = client(KEY_SID, os.environ["READ_KEY"], ACCOUNT_SID)
        self.assertEqual(len(reader.messages.list(limit=1)), 1)
        self.refused(20003, 403, lambda: create(reader))

    def test_takes_our_callbacks_for_twilios(self):
        call = json.loads(os.environ["CALLBACK"])

        self.assertTrue(RequestValidator(AUTH_TOKEN).validate(call["url"], call["parameters"], call["signature"]))
        self.assertFalse(RequestValidator("not it").validate(call["url"], call["parameters"], call["signature"]))


if __name__ == "__main__":
    unittest.main()
