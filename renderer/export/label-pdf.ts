import { PDFDocument, PDFName } from '@cantoo/pdf-lib';

/** Adds XMP to a PDF, uncompressed, so that any program finds it. */
export async function labelPdf(pdf: Uint8Array, xmp: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const metadata = document.context.stream(Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  return document.save();
}
