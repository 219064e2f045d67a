/**
 * Reads QR codes and the bar codes of meter labels out of a picture: by the browser where it can, else by a
 * library that is loaded when it is first needed.
 */

import { ScanFault } from './scan-fault.ts';

/** A picture of a moment, or the video itself. */
export interface CodeReader {
	/** The text of a code in it; undefined: there is none. */
	read(video: HTMLVideoElement): Promise<string | undefined>;
}

/** What the browsers call their own reader; not in TypeScript's library. */
interface BarcodeDetectorShape {
	detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface BarcodeDetectorClass {
	new (options: { formats: readonly string[] }): BarcodeDetectorShape;
	getSupportedFormats(): Promise<readonly string[]>;
}

/** What is printed on meters, their cards and receipts. */
const FORMATS = ['qr_code', 'code_128', 'code_39', 'itf', 'ean_13'] as const;
/** Without these two the browser's own reader is of no use here. */
const NEEDED = ['qr_code', 'code_128'] as const;

/**
 * @param scope of a test: where the browser's own reader is looked for
 * @throws {ScanFault}
 */
export async function openCodeReader(scope: object = globalThis): Promise<CodeReader> {
	const { BarcodeDetector } = scope as { readonly BarcodeDetector?: BarcodeDetectorClass };
	const own = await openOwnReader(BarcodeDetector);
	if (own) return own;
	const { openKeptReader } = await loadKeptReader();
	return openKeptReader();
}

/** It is large and not kept for those who never scan. @throws {ScanFault} */
async function loadKeptReader(): Promise<typeof import('./kept-reader.ts')> {
	try {
		return await import('./kept-reader.ts');
	} catch (cause) {
		throw new ScanFault('not-loaded', cause);
	}
}

async function openOwnReader(
	Detector: BarcodeDetectorClass | undefined,
): Promise<CodeReader | undefined> {
	if (!Detector) return undefined;
	try {
		const known = await Detector.getSupportedFormats();
		if (!NEEDED.every((format) => known.includes(format))) return undefined;
		const formats = FORMATS.filter((format) => known.includes(format));
		const detector = new Detector({ formats });
		return { read: async (video) => (await detector.detect(video))[0]?.rawValue };
	} catch {
		// Some browsers have the name and nothing behind it.
		return undefined;
	}
}
