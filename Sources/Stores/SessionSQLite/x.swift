import SessionSQL
