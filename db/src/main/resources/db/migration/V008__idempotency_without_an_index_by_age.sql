-- The pruner walks the table page by page, which needs no index.
DROP INDEX idempotency_by_age;
