import { describe, expect, it } from 'vitest';
import { describeError, makeLog } from '#lib/server/log.ts';

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
