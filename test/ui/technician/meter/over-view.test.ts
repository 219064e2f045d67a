import { expect, test } from 'vitest';
import { LINK_FAULT_KINDS } from '#lib/core/field/link-fault-kind.ts';
import { CONNECT_FAILURES } from '#lib/core/field/connecting/connect-names.ts';
import type { ConnectFailure } from '#lib/link/connect-order.ts';
import { overView } from '#lib/ui/technician/meter/over-view.ts';

test('every fault of a link has words and a next step, before and in a session', () => {
	for (const fault of LINK_FAULT_KINDS) {
		const failed = overView({ kind: 'failed', why: 'fault', fault });
		const ended = overView({ why: 'fault', fault });
		for (const view of [failed, ended]) {
			expect(view.title).not.toBe('');
			expect(view.action).not.toBe('');
			expect(view.code).toBe(fault);
			expect(view.steps.length).toBeGreaterThan(0);
		}
	}
});

test('every failure to connect has words and a next step', () => {
	for (const why of CONNECT_FAILURES) {
		const failure = { kind: 'failed', why, fault: 'port-failed', opening: 'garbled', missing: [] };
		const view = overView(failure as unknown as ConnectFailure);
		expect(view.title).not.toBe('');
		expect(view.steps.length).toBeGreaterThan(0);
	}
});

test('a port in another tab of ours can be taken over, one of another program cannot', () => {
	const busy = { kind: 'failed', why: 'fault', fault: 'port-busy' } as const;
	expect(overView(busy, true).steps[0]).toBe('take-over');
	expect(overView(busy, false).steps).not.toContain('take-over');
});

test('another meter is named, and can be looked at instead', () => {
	const view = overView({
		...{ kind: 'failed', why: 'other-meter', fact: 'serialNumber' },
		...{ expected: '37204100004', found: '00000000018' },
	});
	expect(view.action).toContain('00000000018');
	expect(view.steps).toContain('anyway');
});

test('a session that was ended on purpose is no failure', () => {
	expect(overView({ why: 'released' })).toMatchObject({ tone: 'neutral', code: '' });
});
