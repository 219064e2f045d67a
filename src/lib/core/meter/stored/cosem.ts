/** The DLMS side of a meter as it is stored: profiles, entries, gateway, image, keys. */
import * as v from 'valibot';
import { TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import { suiteOf } from '#lib/core/dlms/security/suite.ts';
import { TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import { TEST_KEY_SETS } from '../cosem/client-setups.ts';
import { MAX_PROCESSING_MS } from '../cosem/gateway.ts';
import { MAX_VERSION_OCTETS } from '../cosem/image-file.ts';
import {
	IMAGE_BLOCK_OCTETS,
	IMAGE_STATUSES,
	MAX_IMAGE_ID_OCTETS,
	MAX_IMAGE_OCTETS,
} from '../cosem/image-transfer.ts';
import { LOAD_PROFILE_CAPACITY } from '../cosem/load-profile.ts';
import {
	type Delivery,
	DELIVERIES,
	MAX_KEPT_TOKEN_OCTETS,
	TOKEN_ENTRY_CAPACITY,
} from '../cosem/token-entry.ts';
import { whole } from './atoms.ts';
import { tokenResult } from './events.ts';

const hex = (mostOctets: number) =>
	v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/), v.maxLength(mostOctets * 2));

const keySet = v.pipe(
	v.strictObject({
		suite: v.picklist([0, 1, 2]),
		unicastHex: v.string(),
		authenticationHex: v.string(),
		masterHex: v.string(),
	}),
	v.check(({ suite, unicastHex, authenticationHex, masterHex }) =>
		[unicastHex, authenticationHex, masterHex].every(
			(key) => /^[0-9a-f]*$/.test(key) && key.length === suiteOf(suite).keyOctets * 2,
		),
	),
);

const loadProfile = v.strictObject({
	rows: v.pipe(
		v.array(
			v.strictObject({
				clockMs: whole(),
				totalWh: whole(),
				powerW: whole(),
				creditWh: whole(),
			}),
		),
		v.maxLength(LOAD_PROFILE_CAPACITY),
	),
	capturedMs: whole(),
});

const tokenHex = hex(MAX_KEPT_TOKEN_OCTETS);

const entry = v.strictObject({
	atMs: whole(),
	tokenHex,
	delivery: v.picklist(Object.keys(DELIVERIES) as Delivery[]),
	result: tokenResult,
	creditedWh: whole(),
	creditWh: whole(),
});

const digits = v.pipe(v.string(), v.digits(), v.length(TOKEN_DIGITS));

const gateway = v.pipe(
	v.strictObject({
		settings: v.strictObject({
			processingMs: whole(MAX_PROCESSING_MS),
			showsProgress: v.boolean(),
			returnsStatus: v.boolean(),
			encodings: v.pipe(
				v.array(v.picklist(TOKEN_ENCODINGS)),
				v.check((names) => new Set(names).size === names.length),
			),
		}),
		pending: v.nullable(
			v.strictObject({ receivedMs: whole(), tokenHex, digits: v.nullable(digits) }),
		),
	}),
	v.check(({ settings, pending }) => pending === null || settings.processingMs > 0),
);

const image = v.pipe(
	v.strictObject({
		enabled: v.boolean(),
		status: v.picklist(IMAGE_STATUSES),
		idHex: hex(MAX_IMAGE_ID_OCTETS),
		size: whole(MAX_IMAGE_OCTETS),
		blocks: v.array(v.nullable(hex(IMAGE_BLOCK_OCTETS))),
		checked: v.nullable(
			v.strictObject({
				idHex: hex(MAX_IMAGE_ID_OCTETS),
				size: whole(MAX_IMAGE_OCTETS),
				version: v.pipe(v.string(), v.regex(/^[ -~]+$/), v.maxLength(MAX_VERSION_OCTETS)),
				digestHex: v.pipe(hex(32), v.length(64)),
			}),
		),
		dueMs: v.nullable(whole()),
	}),
	v.check(
		({ size, blocks, status, dueMs }) =>
			blocks.length === Math.ceil(size / IMAGE_BLOCK_OCTETS) &&
			(dueMs !== null) === /^(?:verification|activation)-initiated$/.test(status),
	),
);

/** All of it but the meter itself, which has a schema of its own. */
export const storedCosem = v.strictObject({
	meter: v.unknown(),
	loadProfile,
	entries: v.pipe(v.array(entry), v.maxLength(TOKEN_ENTRY_CAPACITY)),
	gateway,
	image,
	restarts: whole(),
	keySets: v.pipe(v.array(keySet), v.length(TEST_KEY_SETS.length)),
});
