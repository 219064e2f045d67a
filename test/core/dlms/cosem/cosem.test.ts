import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { isOfType } from '#lib/core/dlms/cosem/class-row.ts';
import {
	attributeName,
	attributeRow,
	className,
	classRow,
	COSEM_CLASSES,
	methodName,
	methodRow,
} from '#lib/core/dlms/cosem/classes.ts';
import { obis, obisOctets } from '#lib/core/dlms/cosem/obis.ts';
import { objectListOf } from '#lib/core/dlms/cosem/object-list.ts';
import {
	formatScaled,
	scalerUnitData,
	scalerUnitOf,
	unitSymbol,
} from '#lib/core/dlms/cosem/scaled.ts';
import {
	captureObjectData,
	captureObjectOf,
	profileSelectionOf,
	selectEntries,
	selectRange,
} from '#lib/core/dlms/cosem/selection.ts';
import { messagesOf, SESSIONS } from '../sessions.ts';

describe('COSEM class tables', () => {
	it('have a row for each class with facts', () => {
		expect(COSEM_CLASSES.map(({ id }) => id)).toEqual([
			1, 3, 4, 5, 7, 8, 9, 15, 17, 18, 19, 20, 22, 23, 40, 64, 70, 71, 111, 112, 113, 115, 116,
		]);
	});

	it.each(COSEM_CLASSES.map((row) => [row.name, row] as const))(
		'%s counts attributes from 2 and methods from 1 without a gap',
		(_, row) => {
			expect(row.attributes.map(({ index }) => index)).toEqual(
				row.attributes.map((__, index) => index + 2),
			);
			expect(row.methods.map(({ index }) => index)).toEqual(
				row.methods.map((__, index) => index + 1),
			);
			expect(new Set([...row.attributes, ...row.methods].map(({ name }) => name)).size).toBe(
				row.attributes.length + row.methods.length,
			);
		},
	);

	it('name what has no row, and fail on nothing', () => {
		expect([className(68), className(4711), className(115)]).toEqual([
			'Arbitrator',
			'class 4711',
			'Token gateway',
		]);
		expect([
			attributeName(115, 6),
			attributeName(6, 2),
			attributeName(3, 1),
			attributeName(3, 0),
		]).toEqual(['token_status', 'attribute 2', 'logical_name', 'all attributes']);
		expect([methodName(115, 1), methodName(115, 9)]).toEqual(['enter', 'method 9']);
		expect(classRow(4711)).toBeUndefined();
		expect(attributeRow(3, 9)).toBeUndefined();
		expect(methodRow(64, 2)?.name).toBe('key_transfer');
	});

	it('agree with what recorded meters gave', () => {
		let checked = 0;
		for (const session of SESSIONS) {
			const messages = messagesOf(session);
			messages.forEach((message, index) => {
				const request = message.plain ?? message.apdu;
				const response = messages[index + 1]?.plain ?? messages[index + 1]?.apdu;
				if (
					request?.apdu !== 'get-request' ||
					request.kind !== 'normal' ||
					response?.apdu !== 'get-response' ||
					response.kind !== 'normal' ||
					!('data' in response.result)
				)
					return;
				const row = attributeRow(request.target.classId, request.target.attribute);
				if (!row) return;
				checked += 1;
				expect(isOfType(row.type, response.result.data), `${session.id} ${row.name}`).toBe(true);
			});
		}
		expect(checked).toBeGreaterThan(40);
	});

	it('take types as loosely as meters need', () => {
		expect(isOfType('instant', build.octetString(new Uint8Array(12)))).toBe(true);
		expect(isOfType('instant', build.octetString(new Uint8Array(5)))).toBe(false);
		expect(isOfType('number', build.long64(1n))).toBe(true);
		expect(isOfType('number', build.visibleString('1'))).toBe(false);
		expect(isOfType('none', build.NULL_DATA)).toBe(true);
	});
});

describe('selections', () => {
	const clock = { classId: 8, logicalName: obis('0.0.1.0.0.255'), attribute: 2, dataIndex: 0 };
	const from = build.octetString(new Uint8Array(12));

	it('are understood as they were asked', () => {
		expect(profileSelectionOf(selectRange(clock, from, from, [clock]))).toEqual({
			kind: 'range',
			column: clock,
			from,
			to: from,
			columns: [clock],
		});
		expect(profileSelectionOf(selectEntries(3, 4))).toEqual({
			kind: 'entries',
			fromEntry: 3,
			toEntry: 4,
			fromColumn: 1,
			toColumn: 0,
		});
		expect(captureObjectOf(captureObjectData(clock))).toEqual(clock);
	});

	it('that are malformed are none', () => {
		for (const parameters of [
			build.NULL_DATA,
			build.structure(from, from, from, from),
			build.structure(),
		])
			for (const selector of [1, 2, 3])
				expect(profileSelectionOf({ selector, parameters })).toBeUndefined();
		expect(captureObjectOf(build.structure(from))).toBeUndefined();
	});
});

describe('scaled values', () => {
	it('are written without rounding', () => {
		expect([
			formatScaled(12_345, -2),
			formatScaled(-5, -3),
			formatScaled(7, 2),
			formatScaled(0, 3),
			formatScaled(10n ** 18n, -1),
		]).toEqual(['123.45', '-0.005', '700', '0', '100000000000000000.0']);
		expect(scalerUnitOf(scalerUnitData({ scaler: -2, unit: 27 }))).toEqual({
			scaler: -2,
			unit: 27,
		});
		expect(scalerUnitOf(build.NULL_DATA)).toBeUndefined();
		expect([unitSymbol(30), unitSymbol(77)]).toEqual(['Wh', 'unit 77']);
	});
});

describe('object lists', () => {
	const rights = (access: number) =>
		build.structure(
			build.array(build.structure(build.integer(2), build.enumerated(access), build.NULL_DATA)),
			build.array(build.structure(build.integer(1), build.boolean(true))),
		);
	const entry = (access: number) =>
		build.structure(
			build.longUnsigned(3),
			build.unsigned(0),
			build.octetString(obisOctets(obis('1.0.1.8.0.255'))),
			rights(access),
		);

	it('read rights by the version of the association', () => {
		const [old] = objectListOf(build.array(entry(3)), 1);
		expect(old).toMatchObject({
			classId: 3,
			logicalName: '1.0.1.8.0.255',
			attributes: [{ attribute: 2, mayRead: true, mayWrite: true }],
			methods: [{ method: 1, mayInvoke: true }],
		});
		const [recent] = objectListOf(build.array(entry(0b0101)), 3);
		expect(recent?.attributes).toMatchObject([{ mayRead: true, mayWrite: false }]);
	});

	it('leave out what they cannot read', () => {
		expect(objectListOf(build.array(build.NULL_DATA, build.structure(), entry(1)))).toHaveLength(1);
		expect(objectListOf(build.NULL_DATA)).toEqual([]);
	});
});
