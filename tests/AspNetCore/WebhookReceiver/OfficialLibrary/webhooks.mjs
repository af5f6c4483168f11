// Reads one JSON request a line: {"verb": "sign" | "verify", secret, id, timestamp (seconds), body, signature?}; answers one JSON line each.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { verb, secret, id, timestamp, body, signature } = JSON.parse(line);
  const webhook = new Webhook(secret);
  let answer;
  if (verb === "sign") {
    answer = { signature: webhook.sign(id, new Date(timestamp * 1000), body) };
  } else {
    try {
      webhook.verify(body, { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature });
      answer = { valid: true };
    } catch (error) {
      answer = { valid: false, error: error.message };
    }
  }
  console.log(JSON.stringify(answer));
}
