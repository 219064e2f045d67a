/**
 * What a firmware image transfer asks next (class 18; dlms.md §7): enable, initiate, blocks, the missing
 * ones again, verify, and, once a person says so, activate.
 */
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import {
	asciiOctets,
	boolean,
	doubleLongUnsigned,
	integer,
	octetString,
	structure,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { ImageRun, ImageStop } from './image-run.ts';

const IMAGE_CLASS = 18;

/** Between two questions whether the meter is through. */
export const POLL_PAUSE_MS = 2000;

/** What there is to do next. */
export type ImageStep =
	| { readonly do: 'ask'; readonly wish: Wish; readonly afterMs: number }
	/** Verified: `activateImage` goes on. */
	| { readonly do: 'confirm' }
	| { readonly do: 'done' }
	| { readonly do: 'stopped'; readonly why: ImageStop };

/**
 * The next step. @param image the image whose digest the run has
 * @throws {RangeError} slip: an image of another size
 */
export function nextImageStep(run: ImageRun, image: Uint8Array): ImageStep {
	if (image.length !== run.size) throw new RangeError('not the image of this transfer');
	const get = (attribute: number, afterMs = 0): ImageStep => ({
		do: 'ask',
		wish: {
			kind: 'get',
			target: { classId: IMAGE_CLASS, logicalName: run.logicalName, attribute },
		},
		afterMs,
	});
	const call = (method: number, parameter: Data): ImageStep => ({
		do: 'ask',
		wish: {
			kind: 'action',
			target: { classId: IMAGE_CLASS, logicalName: run.logicalName, method },
			parameter,
		},
		afterMs: 0,
	});
	switch (run.phase) {
		case 'block-size':
			return get(2);
		case 'missing':
			return get(3);
		case 'place':
			return get(4);
		case 'enabled':
			return get(5);
		case 'status':
			return get(6);
		case 'verifying':
		case 'activating':
			return get(6, run.polls === 0 ? 0 : POLL_PAUSE_MS);
		case 'verified':
			return get(7);
		case 'enable':
			return {
				do: 'ask',
				wish: {
					kind: 'set',
					target: { classId: IMAGE_CLASS, logicalName: run.logicalName, attribute: 5 },
					data: boolean(true),
				},
				afterMs: 0,
			};
		case 'initiate':
			return call(
				1,
				structure(octetString(asciiOctets(run.identifier)), doubleLongUnsigned(run.size)),
			);
		case 'blocks':
			return call(2, blockData(run, image));
		case 'verify':
			return call(3, integer(0));
		case 'activate':
			return call(4, integer(0));
		case 'ready':
			return { do: 'confirm' };
		case 'done':
			return { do: 'done' };
		case 'stopped':
			return { do: 'stopped', why: run.stopped ?? 'no-answer' };
	}
}

/** The block that is sent next: one that is missing, else the next in order. */
const blockToSend = ({ missing: [lost], nextBlock }: ImageRun): number => lost ?? nextBlock;

function blockData(run: ImageRun, image: Uint8Array): Data {
	const block = blockToSend(run);
	const size = run.blockSize ?? 0;
	return structure(
		doubleLongUnsigned(block),
		octetString(image.slice(block * size, (block + 1) * size)),
	);
}
