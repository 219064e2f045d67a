import { expect, test } from 'vitest';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import { beginProfile } from '#lib/core/field/profile-reading/profile-steps.ts';
import { profileSettings } from '#lib/core/field/profile-reading/reading-state.ts';
import type { ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import {
	formatHead,
	formatPiece,
	parseHead,
	parsePiece,
} from '#lib/ui/technician/readings/kept-reading.ts';

const agreement = { meterTitle: new Uint8Array(8), conformance: [] } as unknown as Agreement;

test('a head comes back as it was', () => {
	const reading = beginProfile(agreement, profileSettings(obis('1.0.99.1.0')));
	const head = { reading, pieces: 3, leftOut: 1 };
	expect(parseHead(formatHead(head))).toEqual(head);
});

test('what is no head is none', () => {
	for (const text of ['', '{', 'null', '[]', '{"reading":{},"pieces":1,"leftOut":0}'])
		expect(parseHead(text)).toBeUndefined();
});

const rows: ProfileRow[] = [
	{ atMs: 5, deviation: null, daylightSaving: true, cells: [1, 'text', null, 2n ** 63n] },
	{ atMs: null, deviation: -60, daylightSaving: false, cells: [0.5, '', 7, -1n] },
];

test('rows come back exactly, numbers beyond 53 bits too', () => {
	expect(parsePiece(formatPiece(rows), 4)).toEqual(rows);
});

test('a piece with anything else in it is none', () => {
	expect(parsePiece(formatPiece(rows), 3)).toBeUndefined();
	for (const text of ['', '{}', '[1]', '[[5,null,2,1]]', '[[5,null,0,{}]]', '[[5,null,0,["x"]]]'])
		expect(parsePiece(text, 1)).toBeUndefined();
});
