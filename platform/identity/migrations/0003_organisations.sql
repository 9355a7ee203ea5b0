-- Who represents whom is told by the directory; nothing ever wrote a row here.
DROP TABLE identity_representations;
