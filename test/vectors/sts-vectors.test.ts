import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVector } from '../../src/cli/vectors/registry.ts';
import type { Vector } from '../../src/cli/vectors/verdict.ts';

const { vectors } = JSON.parse(
	readFileSync(new URL('./sts-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

const find = (kind: string) => vectors.find((vector) => vector.kind === kind) as Vector;

/** A vector with one thing changed, by its dotted path. */
function spoiled(vector: Vector, path: string, value: unknown): Vector {
	const copy = JSON.parse(JSON.stringify(vector)) as Record<string, unknown>;
	const names = path.split('.');
	const last = names.pop() as string;
	const owner = names.reduce((at, name) => at[name] as Record<string, unknown>, copy);
	owner[last] = value;
	return copy as Vector;
}

/** A value of the same form that is not the same. */
function another(value: unknown): unknown {
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'boolean') return !value;
	const text = String(value);
	return text.slice(0, -1) + (text.endsWith('1') ? '2' : '1');
}

describe('the published STS examples', () => {
	it('all pass, and none is skipped', () => {
		const verdicts = vectors.map((vector) => ({ id: vector.id, ...runVector(vector) }));
		expect(verdicts.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
		expect(verdicts).toHaveLength(397);
	});

	it('would fail if anything in their answers were different', () => {
		for (const vector of vectors) {
			const expected = vector['expected'] as Record<string, unknown>;
			for (const [name, value] of Object.entries(expected)) {
				// Several amounts share a field, so another amount issued may be right as well.
				if (typeof value === 'object' || name === 'issued_currency_units') continue;
				const verdict = runVector(spoiled(vector, `expected.${name}`, another(value)));
				expect([vector.id, name, verdict.outcome]).toEqual([vector.id, name, 'failed']);
			}
		}
	});
});

describe('the vector runner', () => {
	it('takes hex in either case', () => {
		const vector = find('token');
		const upper = JSON.parse(JSON.stringify(vector), (name, value: unknown) =>
			['vk', 'data_block', 'decoder_key'].includes(name) ? String(value).toUpperCase() : value,
		) as Vector;
		expect(runVector(upper)).toEqual({ outcome: 'passed' });
	});

	it.each<[string, unknown, string]>([
		['inputs.key.vk', 'zz', 'inputs.key.vk: hex expected'],
		['inputs.key.vk', undefined, 'inputs.key.vk: missing'],
		['inputs.key.vk', 'abab', 'decoder key refused: vending-key-length'],
		['inputs.key.dkga', 1, 'decoder key refused: unknown-dkga'],
		['inputs.key.ea', 9, 'decoder key refused: unknown-ea'],
		['inputs.key', null, 'inputs.key: an object expected'],
		['inputs.issue_time', 'yesterday', 'inputs.issue_time: date and time expected'],
		['inputs.issue_time', '1999-01-01 00:00', 'inputs.issue_time refused: before-base-date'],
		['inputs.amount_units', 18_201_625, 'inputs.amount_units refused: amount-too-large'],
		['inputs.rnd', undefined, 'inputs.rnd: missing'],
		['inputs', undefined, 'inputs: an object expected'],
		['expected', 7, 'expected: an object expected'],
	])('tells what it cannot read: %s = %j', (path, value, came) => {
		expect(runVector(spoiled(find('token'), path, value))).toMatchObject({ outcome: 'failed', came });
	});

	it('fails what it does not know, by name', () => {
		expect(runVector({ id: 'x', kind: 'tarot' })).toMatchObject({ came: 'kind tarot' });
		expect(runVector({ id: 'x' })).toMatchObject({ outcome: 'failed', came: 'neither' });
		expect(runVector(null)).toMatchObject({ outcome: 'failed' });
		expect(runVector(spoiled(find('decode'), 'expected.mood', 'good'))).toMatchObject({
			expected: 'mood good',
			came: 'nothing',
		});
	});

	it('checks every field of a decoded section, known or not', () => {
		const decoded = vectors.find(({ id }) => id === 'nectar-decode-1stkct') as Vector;
		expect(runVector(spoiled(decoded, 'expected.fields.kt', 1)).outcome).toBe('failed');
		expect(runVector(spoiled(decoded, 'expected.fields.mood', 1)).outcome).toBe('failed');
	});

	it('takes what a key-change section leaves open from its fields', () => {
		const withKen = vectors.find(({ id }) => id.includes('CTSA19-step1CTSA19-1')) as Vector;
		expect(runVector(withKen)).toEqual({ outcome: 'passed' });
		expect(runVector(spoiled(withKen, 'inputs.fields.kenho', 6)).outcome).toBe('failed');
	});
});
