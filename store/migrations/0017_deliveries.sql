-- What is first of each issue, and what is due, is found at once however much waits or was delivered before.
CREATE INDEX deliveries_first ON deliveries (webhook_id, issue_id, n) WHERE state = 'waiting';
DROP INDEX deliveries_next;
CREATE INDEX deliveries_next ON deliveries (webhook_id, next_at, id) WHERE state = 'waiting';
-- Attempts are counted without a look at what was answered.
DROP INDEX delivery_attempts_webhook;
CREATE INDEX delivery_attempts_webhook ON delivery_attempts (webhook_id, at, problem);
