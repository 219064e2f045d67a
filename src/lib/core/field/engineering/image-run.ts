/**
 * The transfer of a firmware image (class 18) as plain JSON: where it stands, and how it goes on over
 * another association. The image itself is not in it; its digest is.
 */
import * as v from 'valibot';
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import { allows } from '#lib/core/dlms/apdu/conformance.ts';
import { type Obis, parseObis } from '#lib/core/dlms/cosem/obis.ts';
import { checkImageSize, type ImageFileRefusal, MAX_IMAGE_OCTETS } from './image-file.ts';

export const IMAGE_RUN_VERSION = 1;

/** Blocks of one image: with the largest image, blocks of 64 octets. */
export const MAX_IMAGE_BLOCKS = MAX_IMAGE_OCTETS / 64;
/** Octets of one block that a meter may ask for. */
export const MAX_BLOCK_OCTETS = 8192;
/** Lost blocks that are noted at a time; with more, the next round brings them. */
export const MAX_MISSING = 1024;

/** Why a transfer is not carried on. */
export const IMAGE_STOPS = [
	'not-in-this-meter',
	'not-readable',
	/** The meter asks for blocks of no octets, or too many. */
	'block-size-unusable',
	/** A block is longer than what the meter takes in one request, and long requests were not agreed. */
	'block-too-long',
	'enable-refused',
	'initiate-refused',
	'block-refused',
	/** The meter says again and again that blocks are missing. */
	'blocks-lost',
	'verification-refused',
	'verification-failed',
	/** What the meter verified is not this image. */
	'other-image',
	'activation-refused',
	'activation-failed',
	/** It was asked to activate, and no longer says what became of it: its firmware identifier does. */
	'activation-unknown',
	/** It went on for longer than any meter needs. */
	'no-end',
	'no-answer',
	/** Over this association another meter answers. */
	'other-meter',
] as const;
export type ImageStop = (typeof IMAGE_STOPS)[number];

export const IMAGE_PHASES = [
	/** Reads the status: what a meter is in the middle of. */
	'status',
	'block-size',
	'enabled',
	'enable',
	'initiate',
	/** Reads which block the meter wants first, after a pause. */
	'place',
	'blocks',
	/** Reads which blocks are missing. */
	'missing',
	'verify',
	'verifying',
	/** Reads what was verified. */
	'verified',
	/** Waits for a person: activation restarts the meter. */
	'ready',
	'activate',
	'activating',
	'done',
	'stopped',
] as const;

const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const run = v.strictObject({
	version: v.literal(IMAGE_RUN_VERSION),
	/** Hex; empty where the meter told none. */
	meterTitle: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){0,16}$/)),
	logicalName: v.pipe(
		v.string(),
		v.check((text) => parseObis(text) === text),
		v.transform((text) => text as Obis),
	),
	/** SHA-256 of the image, hex. */
	digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	size: whole(1, MAX_IMAGE_OCTETS),
	/** What the meter is to call it: printable characters. */
	identifier: v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,64}$/)),
	/** Longest request that the meter takes; null where long ones were agreed. */
	maxBlockOctets: v.nullable(whole(1, 65_535)),
	blockSize: v.nullable(whole(1, MAX_BLOCK_OCTETS)),
	phase: v.picklist(IMAGE_PHASES),
	stopped: v.nullable(v.picklist(IMAGE_STOPS)),
	/** The next block in order. */
	nextBlock: whole(0, MAX_IMAGE_BLOCKS),
	/** Blocks to be sent again, lowest first. */
	missing: v.pipe(v.array(whole(0, MAX_IMAGE_BLOCKS)), v.maxLength(MAX_MISSING)),
	/** Rounds of sending what was missing. */
	rounds: whole(0, 255),
	/** Questions in a row whether the meter is through. */
	polls: whole(0, 65_535),
	/** Whether activation was asked for. */
	activationAsked: v.boolean(),
	/** What the meter says of the image it verified, hex; empty where it says nothing. */
	signature: v.pipe(v.string(), v.regex(/^[0-9a-f]*$/), v.maxLength(512)),
});
export type ImageRun = v.InferOutput<typeof run>;

/** What `JSON.parse` gave as a run; undefined for anything else. */
export function parseImageRun(json: unknown): ImageRun | undefined {
	const parsed = v.safeParse(run, json);
	return parsed.success ? parsed.output : undefined;
}

/** Around a block: tag, kind, invoke id, target, structure, number, lengths, and what ciphering adds. */
const OCTETS_AROUND = 72;

const longestBlock = ({ conformance, maxPdu }: Agreement): number | null =>
	allows(conformance, 'block-transfer-with-action') || allows(conformance, 'general-block-transfer')
		? null
		: Math.max(1, maxPdu - OCTETS_AROUND);

/** Why no transfer begins, in order of precedence. */
export type ImageRefusal = 'lab-only' | ImageFileRefusal | 'identifier-unusable';

/**
 * A transfer that is to begin. It is a lab function: a meter that loses its power in the middle of it may
 * be lost.
 * @param image its size and digest (`digestImage`), and what the meter is to call it
 */
export function beginImage(
	agreement: Agreement,
	logicalName: Obis,
	image: Pick<ImageRun, 'size' | 'digest' | 'identifier'>,
	{ labFunction }: { readonly labFunction: boolean },
): { readonly run: ImageRun } | { readonly refusal: ImageRefusal } {
	if (!labFunction) return { refusal: 'lab-only' };
	const refusal = checkImageSize(image.size);
	if (refusal) return { refusal };
	if (!/^[\x20-\x7e]{1,64}$/.test(image.identifier)) return { refusal: 'identifier-unusable' };
	const { size, digest, identifier } = image;
	return {
		run: {
			version: IMAGE_RUN_VERSION,
			meterTitle: formatHex(agreement.meterTitle),
			...{ logicalName, digest, size, identifier },
			maxBlockOctets: longestBlock(agreement),
			blockSize: null,
			phase: 'block-size',
			stopped: null,
			nextBlock: 0,
			missing: [],
			rounds: 0,
			polls: 0,
			activationAsked: false,
			signature: '',
		},
	};
}

/** A transfer gone on with over a new association: the meter is asked first what it is in the middle of. */
export function resumeImage(imageRun: ImageRun, agreement: Agreement): ImageRun {
	if (imageRun.phase === 'done') return imageRun;
	if (formatHex(agreement.meterTitle) !== imageRun.meterTitle)
		return { ...imageRun, phase: 'stopped', stopped: 'other-meter' };
	const begun = imageRun.blockSize !== null;
	return {
		...imageRun,
		maxBlockOctets: longestBlock(agreement),
		phase: begun ? 'status' : 'block-size',
		stopped: null,
		polls: 0,
	};
}

/** How many blocks the image has; 0 while their size is not known. */
export function blockCount({ size, blockSize }: ImageRun): number {
	return blockSize === null ? 0 : Math.ceil(size / blockSize);
}

/** How far the transfer is, in blocks. */
export function imageProgress(imageRun: ImageRun): { readonly done: number; readonly of: number } {
	const of = blockCount(imageRun);
	return { done: Math.max(0, Math.min(imageRun.nextBlock, of) - imageRun.missing.length), of };
}
