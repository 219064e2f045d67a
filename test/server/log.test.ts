import { describe, expect, it } from 'vitest';
import { describeError, makeLog, withinRequest } from '#lib/server/log.ts';

describe('the log', () => {
	it('is one JSON object a line', () => {
		const lines: string[] = [];
		makeLog(
			(line) => lines.push(line),
			() => 0,
		)('warn', 'issue-waits', { vend: 'x\ny', fault: undefined });
		expect(lines).toEqual([
			'{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"issue-waits","vend":"x\\ny"}\n',
		]);
	});

	it('says of an error what and where, of anything else only its kind', () => {
		expect(describeError(new RangeError('too far'))).toMatchObject({
			error: 'RangeError',
			message: 'too far',
			where: expect.stringContaining('log.test.ts'),
		});
		expect(describeError('a secret')).toEqual({ error: 'string' });
	});
});

describe('a line that is logged for a request', () => {
	it('carries its id, whoever logs it', async () => {
		const lines: string[] = [];
		const log = makeLog(
			(line) => lines.push(line),
			() => 0,
		);
		await withinRequest('a-request', async () => {
			await Promise.resolve();
			log('info', 'inside');
		});
		log('info', 'outside');
		expect(lines.map((line) => (JSON.parse(line) as { request?: string }).request)).toEqual([
			'a-request',
			undefined,
		]);
	});
});

describe("an error's message", () => {
	it.each([
		['digits 12345678901234567890 were taken', 'digits … were taken'],
		['1234 5678 9012 3456 7890', '…'],
		['to +254700000001 at once', 'to … at once'],
		['key 0123456789abcdef0123456789abcdef', 'key …'],
		[
			`Unexpected token 'x', "x1234" is not valid JSON`,
			`Unexpected token '…', "…" is not valid JSON`,
		],
		['UNIQUE constraint failed: vend.id', 'UNIQUE constraint failed: vend.id'],
	])('%s is told as %s', (message, told) => {
		expect(describeError(new Error(message)).message).toBe(told);
	});
});
