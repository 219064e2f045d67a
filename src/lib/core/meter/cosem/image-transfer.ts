/**
 * The transfer of a firmware image (IEC 62056-6-2, class 18) as a value: which blocks have come, in any
 * order and any number of times, what was made of them, and what is still under way.
 *
 * Always holds: an image is at most `MAX_IMAGE_OCTETS`; its blocks are there only until it runs.
 */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { readImage } from './image-file.ts';

/** Octets of a block; the last one may be shorter. */
export const IMAGE_BLOCK_OCTETS = 256;

export const MAX_IMAGE_OCTETS = 65_536;

/** Octets of the name that a client gives an image. */
export const MAX_IMAGE_ID_OCTETS = 64;

/** How long the meter checks an image, and how long it takes to start with it. */
export const VERIFICATION_MS = 3000;
export const RESTART_MS = 8000;

/** By code of `image_transfer_status`. */
export const IMAGE_STATUSES = [
	'not-initiated',
	'initiated',
	'verification-initiated',
	'verification-successful',
	'verification-failed',
	'activation-initiated',
	'activation-successful',
	'activation-failed',
] as const;
export type ImageStatus = (typeof IMAGE_STATUSES)[number];

/** An image that was checked and found whole. */
export interface CheckedImage {
	readonly idHex: string;
	readonly size: number;
	readonly version: string;
	readonly digestHex: string;
}

export interface ImageTransfer {
	readonly enabled: boolean;
	readonly status: ImageStatus;
	readonly idHex: string;
	/** Octets announced; 0 before the first transfer and after an activation. */
	readonly size: number;
	/** Each block in hex; null while it has not come. */
	readonly blocks: readonly (string | null)[];
	readonly checked: CheckedImage | null;
	/** When verification or start is over; null while neither is under way. */
	readonly dueMs: number | null;
}

/** No transfer yet; a management client allows it first. */
export const NO_TRANSFER: ImageTransfer = {
	enabled: false,
	status: 'not-initiated',
	idHex: '',
	size: 0,
	blocks: [],
	checked: null,
	dueMs: null,
};

/** Why a step is not done; `busy` passes by itself. */
export type ImageRefusal = 'not-enabled' | 'busy' | 'out-of-order' | 'bad-size';

type Step = ImageTransfer | ImageRefusal;

/** Begins a transfer, whatever came before it. */
export function initiate(transfer: ImageTransfer, id: Uint8Array, size: number): Step {
	if (!transfer.enabled) return 'not-enabled';
	if (transfer.dueMs !== null) return 'busy';
	if (size < 1 || size > MAX_IMAGE_OCTETS || id.length > MAX_IMAGE_ID_OCTETS) return 'bad-size';
	const blocks = Array.from({ length: Math.ceil(size / IMAGE_BLOCK_OCTETS) }, () => null);
	return {
		...transfer,
		status: 'initiated',
		idHex: formatHex(id),
		size,
		blocks,
		checked: null,
	};
}

/** Takes a block; the same one again takes its place. */
export function takeBlock(transfer: ImageTransfer, number: number, octets: Uint8Array): Step {
	const { enabled, status, size, blocks } = transfer;
	if (!enabled) return 'not-enabled';
	if (transfer.dueMs !== null) return 'busy';
	if (status !== 'initiated' && status !== 'verification-failed') return 'out-of-order';
	const wanted = Math.min(IMAGE_BLOCK_OCTETS, size - number * IMAGE_BLOCK_OCTETS);
	if (number >= blocks.length || octets.length !== wanted) return 'bad-size';
	return { ...transfer, status: 'initiated', blocks: blocks.with(number, formatHex(octets)) };
}

/** The first block that has not come; the number of blocks where all have. */
export function firstMissing({ blocks }: ImageTransfer): number {
	const at = blocks.indexOf(null);
	return at < 0 ? blocks.length : at;
}

/** Begins to check the image: the answer comes later. */
export function verify(transfer: ImageTransfer, instantMs: number): Step {
	if (transfer.dueMs !== null) return 'busy';
	const isWhole =
		transfer.status === 'initiated' && firstMissing(transfer) === transfer.blocks.length;
	if (!isWhole) return 'out-of-order';
	return { ...transfer, status: 'verification-initiated', dueMs: instantMs + VERIFICATION_MS };
}

/** Begins to start with the checked image. */
export function activate(transfer: ImageTransfer, instantMs: number): Step {
	if (transfer.dueMs !== null) return 'busy';
	if (transfer.status !== 'verification-successful') return 'out-of-order';
	return { ...transfer, status: 'activation-initiated', dueMs: instantMs + RESTART_MS };
}

/** Whether the meter is just starting, and answers nothing. */
export const isRestarting = ({ status }: ImageTransfer): boolean =>
	status === 'activation-initiated';

/** When what is under way is over; never where nothing is. */
export const nextImageMs = ({ dueMs }: ImageTransfer): number => dueMs ?? Infinity;

/** What became of an image: checked and whole, or not, or running. */
export type ImageDone = 'firmware-ready' | 'firmware-refused' | 'firmware-activated';

/** Ends what is under way. */
export function finish(transfer: ImageTransfer): {
	readonly transfer: ImageTransfer;
	readonly done: ImageDone;
} {
	if (transfer.status === 'activation-initiated')
		return {
			transfer: { ...transfer, status: 'activation-successful', size: 0, blocks: [], dueMs: null },
			done: 'firmware-activated',
		};
	const { idHex, size } = transfer;
	const image = readImage(concatBytes(...transfer.blocks.map((hex) => parseHex(hex ?? ''))));
	if (!image)
		return {
			transfer: { ...transfer, status: 'verification-failed', dueMs: null },
			done: 'firmware-refused',
		};
	const checked = { idHex, size, version: image.version, digestHex: formatHex(image.digest) };
	return {
		transfer: { ...transfer, status: 'verification-successful', checked, dueMs: null },
		done: 'firmware-ready',
	};
}
