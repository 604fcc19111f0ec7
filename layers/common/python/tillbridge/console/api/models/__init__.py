"""What the API takes and answers, as Pydantic models, a file a subject: contracts/console.openapi.json is made from them.

Times are ISO 8601 with a zone, null where there is none; money and stock are texts, "" where nothing is
known."""
