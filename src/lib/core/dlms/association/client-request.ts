/**
 * A wish as the APDU that asks for it (IEC 62056-5-3, 9.3 and 9.4.6): whole, or cut into the blocks of
 * its service.
 */
import { Writer } from '#lib/core/bytes/writer.ts';
import { encodeAccessRequest } from '../apdu/access.ts';
import { encodeActionRequest } from '../apdu/action.ts';
import { CONFIRMED, HIGH_PRIORITY } from '../apdu/block.ts';
import { allows, type Conformance } from '../apdu/conformance.ts';
import { encodeGetRequest } from '../apdu/get.ts';
import { encodeSetRequest, writeValues } from '../apdu/set.ts';
import type { Data } from '../axdr/data-type.ts';
import { encodeData } from '../axdr/encode.ts';
import type { Wish } from './wish.ts';

/** The whole request, plain; `invoke` is the invoke-id-and-priority octet. */
export function encodeWish(wish: Wish, invoke: number): Uint8Array {
	switch (wish.kind) {
		case 'get':
			return encodeGetRequest({
				apdu: 'get-request',
				kind: 'normal',
				invoke,
				target: wish.target,
			});
		case 'get-list':
			return encodeGetRequest({
				apdu: 'get-request',
				kind: 'with-list',
				invoke,
				targets: wish.targets,
			});
		case 'set':
			return encodeSetRequest({
				apdu: 'set-request',
				kind: 'normal',
				invoke,
				target: wish.target,
				data: wish.data,
			});
		case 'set-list':
			return encodeSetRequest({
				apdu: 'set-request',
				kind: 'with-list',
				invoke,
				targets: wish.targets,
				values: wish.values,
			});
		case 'action': {
			const { target, parameter } = wish;
			return encodeActionRequest({
				apdu: 'action-request',
				kind: 'normal',
				invoke,
				target,
				...(parameter && { parameter }),
			});
		}
		case 'action-list':
			return encodeActionRequest({
				apdu: 'action-request',
				kind: 'with-list',
				invoke,
				targets: wish.targets,
				parameters: wish.parameters,
			});
		case 'access':
			return encodeAccessRequest({
				apdu: 'access-request',
				// The long invoke id has the confirmed and priority bits at its very top.
				longInvoke:
					(((invoke & CONFIRMED) << 24) | ((invoke & HIGH_PRIORITY) << 24) | (invoke & 0x0f)) >>> 0,
				dateTime: wish.dateTime,
				specifications: wish.specifications,
				values: wish.values,
			});
	}
}

/** A request that goes out block by block. */
export interface LongRequest {
	/** What the blocks carry together. */
	readonly content: Uint8Array;
	/** The APDU of the first block, with `raw` in it. */
	readonly firstBlock: (raw: Uint8Array) => Uint8Array;
}

const FIRST = { last: false, block: 1 } as const;

/** A long SET or ACTION; undefined where blocks were not agreed, or the wish has nothing to cut. */
export function longRequest(
	wish: Wish,
	invoke: number,
	agreed: Conformance,
): LongRequest | undefined {
	if (wish.kind === 'set' || wish.kind === 'set-list')
		return allows(agreed, 'block-transfer-with-set') ? longSet(wish, invoke) : undefined;
	if (wish.kind === 'action' || wish.kind === 'action-list')
		return allows(agreed, 'block-transfer-with-action') ? longAction(wish, invoke) : undefined;
	return undefined;
}

function longSet(wish: Extract<Wish, { kind: 'set' | 'set-list' }>, invoke: number): LongRequest {
	const apdu = { apdu: 'set-request', invoke, ...FIRST } as const;
	if (wish.kind === 'set')
		return {
			content: encodeData(wish.data),
			firstBlock: (raw) =>
				encodeSetRequest({ ...apdu, kind: 'first-block', target: wish.target, raw }),
		};
	return {
		content: encodeList(wish.values),
		firstBlock: (raw) =>
			encodeSetRequest({ ...apdu, kind: 'list-first-block', targets: wish.targets, raw }),
	};
}

function longAction(
	wish: Extract<Wish, { kind: 'action' | 'action-list' }>,
	invoke: number,
): LongRequest | undefined {
	const apdu = { apdu: 'action-request', invoke, ...FIRST } as const;
	if (wish.kind === 'action')
		return (
			wish.parameter && {
				content: encodeData(wish.parameter),
				firstBlock: (raw) =>
					encodeActionRequest({ ...apdu, kind: 'first-block', target: wish.target, raw }),
			}
		);
	return {
		content: encodeList(wish.parameters),
		firstBlock: (raw) =>
			encodeActionRequest({ ...apdu, kind: 'list-first-block', targets: wish.targets, raw }),
	};
}

function encodeList(values: readonly Data[]): Uint8Array {
	const writer = new Writer();
	writeValues(writer, values);
	return writer.finish();
}
