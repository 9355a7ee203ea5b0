-- Whose key signs. The private key is never here: key_ref names a file of DATA/keys, or a key on the token token_label.
CREATE TABLE sign_certificates (
  id uuid PRIMARY KEY,
  holder_kind text NOT NULL,
  holder_id uuid NOT NULL,
  subject text NOT NULL,
  issuer text NOT NULL,
  serial text NOT NULL,
  chain_pem text NOT NULL,
  key_kind text NOT NULL,
  key_ref text NOT NULL,
  token_label text,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL
);
-- An authority gives a serial number once (RFC 5280, 4.1.2.2): a certificate is enrolled once, and revocations are found by it.
CREATE UNIQUE INDEX sign_certificates_serial ON sign_certificates (serial, issuer);
CREATE INDEX sign_certificates_holder ON sign_certificates (holder_kind, holder_id, valid_from);
