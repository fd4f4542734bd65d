// Twilio's own Node SDK, as it is, against a gateway. Started by TwilioNodeSdkTest; what it needs to know is in its environment.
import assert from "node:assert/strict";
import { test } from "node:test";
import twilio from "twilio";

const { BASE_URL, ACCOUNT_SID, AUTH_TOKEN, API_KEY, READ_KEY, CALLBACK } = process.env;
const MESSAGING_SERVICE = "MG" + "0".repeat(32);
const FROM = "+15005550006";
const TO = "+15005550010";

function client(user = ACCOUNT_SID, password = AUTH_TOKEN, options = {}) {
  const made = twilio(user, password, options);
  made.api.baseUrl = BASE_URL; // the one changed line
  return made;
}

const messages = client().messages;

function refusal(code, status) {
  return (error) => {
    assert.equal(error.code, code);
    assert.equal(error.status, status);
    assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
    return true;
  };
}

function scheduled(body = "Later") {
  const sendAt = new Date(Date.now() + 3_600_000);
  return messages.create({ to: TO, messagingServiceSid: MESSAGING_SERVICE, body, scheduleType: "fixed", sendAt });
}

test("creates and fetches a message", async () => {
  const created = await messages.create({ to: TO, from: FROM, body: "Hello & goodbye; 50% + more ✓" });

  assert.match(created.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(created.status, "queued");
  assert.equal(created.accountSid, ACCOUNT_SID);
  assert.ok(created.dateCreated instanceof Date && !Number.isNaN(created.dateCreated.getTime()));
  const fetched = await messages(created.sid).fetch();
  assert.equal(fetched.body, "Hello & goodbye; 50% + more ✓");
  assert.equal(fetched.from, FROM);
  assert.equal(fetched.to, TO);
  assert.equal(fetched.direction, "outbound-api");
  assert.equal(fetched.numSegments, created.numSegments);
});

test("creates messages of WhatsApp and with media", async () => {
  const whatsapp = await messages.create({ to: `whatsapp:${TO}`, from: `whatsapp:${FROM}`, body: "Hello" });
  const picture = await messages.create({
    to: TO,
    from: FROM,
    mediaUrl: ["https://example.com/a.png", "https://example.com/b.pdf"],
  });

  assert.equal(whatsapp.to, `whatsapp:${TO}`);
  assert.equal(whatsapp.from, `whatsapp:${FROM}`);
  assert.match(picture.sid, /^MM/);
  assert.equal(picture.numMedia, "2");
  const media = await messages(picture.sid).media.list();
  assert.deepEqual(media.map((one) => one.contentType), ["image/png", "application/pdf"]);
  assert.equal((await messages(picture.sid).media(media[1].sid).fetch()).parentSid, picture.sid);
});

test("lists over pages, and filters", async () => {
  const to = "+15005550099";
  for (let i = 0; i < 5; i++) {
    await messages.create({ to, from: FROM, body: `Number ${i}` });
  }

  const all = await messages.list({ to, pageSize: 2 });
  assert.deepEqual(all.map((message) => message.body), [4, 3, 2, 1, 0].map((i) => `Number ${i}`));
  const first = await messages.page({ to, pageSize: 2 });
  const second = await first.nextPage();
  const back = await second.previousPage();
  assert.deepEqual(back.instances.map((message) => message.sid), first.instances.map((message) => message.sid));
  assert.equal((await messages.list({ to, from: "+15005550007" })).length, 0);
  assert.equal((await messages.list({ to, dateSentAfter: new Date(0) })).length, 0);
});

test("schedules, cancels, redacts and deletes a message", async () => {
  const later = await scheduled();
  assert.equal(later.status, "scheduled");
  assert.equal(later.messagingServiceSid, MESSAGING_SERVICE);
  await assert.rejects(messages(later.sid).remove(), refusal(20009, 409));

  assert.equal((await messages(later.sid).update({ status: "canceled" })).status, "canceled");
  assert.equal((await messages(later.sid).update({ body: "" })).body, "");
  assert.equal((await messages(later.sid).feedback.create({ outcome: "unconfirmed" })).outcome, "unconfirmed");
  assert.equal(await messages(later.sid).remove(), true);
  await assert.rejects(messages(later.sid).fetch(), refusal(20404, 404));
});

test("tells what is wrong as Twilio does", async () => {
  const wrong = (parameters, code) =>
    assert.rejects(messages.create({ to: TO, from: FROM, body: "Hello", ...parameters }), refusal(code, 400));

  await wrong({ to: "12" }, 21211);
  await wrong({ from: "!" }, 21212);
  await wrong({ from: TO }, 21266);
  await wrong({ from: `whatsapp:${FROM}` }, 21910);
  await wrong({ body: "" }, 21602);
  await wrong({ from: "" }, 21603);
  await wrong({ body: "x".repeat(1601) }, 21617);
  await wrong({ statusCallback: "https://no_host/x" }, 21609);
  await wrong({ mediaUrl: ["ftp://example.com/a"] }, 21620);
  await wrong({ mediaUrl: Array(11).fill("https://example.com/a.png") }, 21623);
  await wrong({ validityPeriod: 36_001 }, 21624);
  await wrong({ contentSid: "HX" + "0".repeat(32) }, 21655);
  await wrong({ messagingServiceSid: "MG1" }, 21701);
  await wrong({ scheduleType: "fixed" }, 35111);
  await wrong({ scheduleType: "fixed", sendAt: new Date(Date.now() + 3_600_000) }, 35118);
  await wrong({ contentRetention: "discard" }, 20001);
  await assert.rejects(
    messages((await messages.create({ to: TO, from: FROM, body: "Hello" })).sid).update({ status: "delivered" }),
    refusal(30400, 400),
  );
});

test("knows who may do what", async () => {
  const create = (made) => made.messages.create({ to: TO, from: FROM, body: "Hello" });

  await assert.rejects(create(client(ACCOUNT_SID, "not the token")), refusal(20003, 401));
  await assert.rejects(create(client("AC" + "0".repeat(32), AUTH_TOKEN)), refusal(20003, 401));
  const withKey = client("SK" + "0".repeat(32), API_KEY, { accountSid: ACCOUNT_SID });
  assert.equal((await create(withKey)).status, "queued");
  const reader = client("SK" + "0".repeat(32), READ_KEY, { accountSid: ACCOUNT_SID });
  assert.ok((await reader.messages.list({ limit: 1 })).length > 0);
  await assert.rejects(create(reader), refusal(20003, 403));
});

test("takes our callbacks for Twilio's", () => {
  const { url, parameters, signature } = JSON.parse(CALLBACK);

  assert.ok(twilio.validateRequest(AUTH_TOKEN, signature, url, parameters));
  assert.ok(!twilio.validateRequest("not the token", signature, url, parameters));
});
