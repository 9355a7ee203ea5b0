// Papers as people hand them in, and what is signed on those they get back.

/// A paper of one page with a sentence on it.
export function pdf(sentence) {
  const text = `BT /F1 18 Tf 72 720 Td (${sentence}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${text.length}>>\nstream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  const offsets = [];
  let body = "%PDF-1.4\n";
  for (const [index, object] of objects.entries()) {
    offsets.push(`${String(body.length).padStart(10, "0")} 00000 n \n`);
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}`;
  return Buffer.from(
    `${body}${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
    "latin1",
  );
}

/// A photograph of one pixel.
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/// Names of the signature fields that are signed, in the order of signing.
export function signatures(paper) {
  const text = paper.toString("latin1");
  const objects = text.matchAll(/\d+ 0 obj\b([^]*?)\bendobj/g);
  const signed = [...objects].filter(([object]) => /\/FT\s*\/Sig\b/.test(object) && /\/V\s+\d+ 0 R/.test(object));
  return signed.map(([object]) => /\/T\s*\(([^)]*)\)/.exec(object)[1]);
}

/// A JPEG as a camera writes it, of the page that is open: what the camera noted stands before the picture.
export async function photograph(page, noted) {
  const picture = await page.screenshot({ type: "jpeg", quality: 60 });
  const told = Buffer.from(`Exif\0\0${noted}`, "latin1");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(told.length + 2);
  return Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, told, picture.subarray(2)]);
}
