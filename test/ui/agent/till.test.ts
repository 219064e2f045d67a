import { describe, expect, it } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { SignOutOutcome, TillDesk } from '#lib/browser/sync/till-desk.ts';
import type { UnlockOutcome, VaultState } from '#lib/browser/vault/vault-outcomes.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import { Till, type TillPagePorts } from '#lib/ui/agent/state/till.svelte.ts';
import { decideTillGate, type AtTheGate } from '#lib/ui/agent/state/gate.ts';
import { NOW, OPERATOR, TERMINAL } from './fake-desk.ts';

const OTHER = { ...OPERATOR, operatorId: 'two', login: 'brian', name: 'Brian' };
const LOCKED: VaultState = { kind: 'locked', left: 10, waitMs: 0 };

/** A desk whose vault opens by `2580`. */
function deskOf(state: VaultState) {
	let vault = state;
	const listeners = new Set<() => void>();
	let closed = 0;
	let fault: StoreFault | undefined;
	let signOut: SignOutOutcome = { kind: 'rows-wait', count: 3 };
	const desk = {
		terminal: async () => TERMINAL,
		glance: async () => null,
		close: () => (closed += 1),
		lock: () => {
			vault = LOCKED;
			listeners.forEach((listener) => listener());
		},
		signOut: async () => signOut,
		vault: {
			state: async () => {
				if (fault) throw fault;
				return vault;
			},
			isOpen: () => vault.kind === 'open',
			onChange: (listener: () => void) => {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
			unlock: async (pin: string): Promise<UnlockOutcome> => {
				if (pin !== '2580') return { kind: 'wrong', left: 9, waitMs: 0 };
				vault = { kind: 'open' };
				return { kind: 'opened' };
			},
		},
	};
	return {
		desk: desk as unknown as TillDesk,
		closed: () => closed,
		/** From now on the vault cannot be read. */
		breakStore: (kind: StoreFaultKind) => (fault = new StoreFault(kind)),
		letGo: () => (signOut = { kind: 'signed-out' }),
	};
}

function pageWith(part: Partial<TillPagePorts> = {}, vault: VaultState = LOCKED) {
	const opened = deskOf(vault);
	const noted: string[] = [];
	const till = new Till({
		readTill: async () => TERMINAL,
		readOperators: async () => [OPERATOR],
		enrol: async () => ({ kind: 'unknown' }),
		signIn: async () => ({ kind: 'unknown' }),
		choosePin: async () => ({ kind: 'weak', because: 'too-short' }),
		openDesk: async () => ({ kind: 'open', desk: opened.desk }),
		noteSignedIn: async ({ operatorId }) => void noted.push(operatorId),
		exportUnsent: async () => [],
		keepScreens: async () => true,
		...part,
	});
	return { till, noted, ...opened };
}

describe('a till’s gate', () => {
	const AT: AtTheGate = {
		...{ terminal: TERMINAL, operators: [OPERATOR, OTHER], wish: null, person: null },
		...{ operator: null, vault: undefined },
	};

	it.each<[string, Partial<AtTheGate>, string]>([
		['nothing is known', { terminal: undefined }, 'looking'],
		['it is no till', { terminal: null }, 'enrol'],
		['it is to be enrolled anew', { wish: 'enrol' }, 'enrol'],
		['it was revoked', { terminal: { ...TERMINAL, revokedAtMs: NOW } }, 'stopped'],
		['its keys are gone', { terminal: { ...TERMINAL, stop: 'keys-missing' } }, 'stopped'],
		[
			'it is suspended, and sales must be seen',
			{ terminal: { ...TERMINAL, stop: 'suspended' } },
			'who',
		],
		['several stand here', {}, 'who'],
		['nobody ever did', { operators: [] }, 'sign-in'],
		['somebody else wants in', { wish: 'sign-in' }, 'sign-in'],
		['a PIN is chosen', { person: OPERATOR }, 'choose-pin'],
		['their vault is looked at', { operator: OPERATOR }, 'looking'],
		['it is locked', { operator: OPERATOR, vault: LOCKED }, 'unlock'],
		['wrong PINs destroyed it', { operator: OPERATOR, vault: { kind: 'none' } }, 'sign-in'],
		[
			'it is damaged',
			{ operator: OPERATOR, vault: { kind: 'damaged', because: 'row-damaged' } },
			'damaged',
		],
		['it is open', { operator: OPERATOR, vault: { kind: 'open' } }, 'open'],
	])('when %s', (_, part, kind) => {
		expect(decideTillGate({ ...AT, ...part }).kind).toBe(kind);
	});
});

describe('a till’s page', () => {
	it('asks the only one here for the PIN at once', async () => {
		const { till, noted } = pageWith();
		await till.start();
		expect(till.gate.kind).toBe('unlock');
		expect(await till.unlock('1111')).toEqual({ kind: 'wrong', left: 9, waitMs: 0 });
		expect([till.gate.kind, noted]).toEqual(['unlock', []]);
		await till.unlock('2580');
		expect([till.gate.kind, noted]).toEqual(['open', ['one']]);
		till.lock();
		await expect.poll(() => till.gate.kind).toBe('unlock');
	});

	it('lets somebody in though the device is full, and says that it is', async () => {
		const { till } = pageWith({ noteSignedIn: () => Promise.reject(new StoreFault('no-space')) });
		await till.start();
		expect(await till.unlock('2580')).toEqual({ kind: 'opened' });
		expect([till.gate.kind, till.busy]).toEqual(['open', false]);
		expect(till.trouble).toEqual({ kind: 'store', fault: 'no-space' });
	});

	it('says what broke where the vault cannot be read after a PIN', async () => {
		const { till, breakStore } = pageWith();
		await till.start();
		breakStore('failed');
		expect(await till.unlock('2580')).toBeUndefined();
		expect(till.trouble).toEqual({ kind: 'store', fault: 'failed' });
		expect([till.gate.kind, till.busy]).toEqual(['unlock', false]);
	});

	it('is not open any more once it has locked itself, though its vault cannot be read', async () => {
		const { till, breakStore } = pageWith({}, { kind: 'open' });
		await till.start();
		expect(till.gate.kind).toBe('open');
		breakStore('newer-version');
		till.lock();
		expect(till.gate.kind).toBe('looking');
		await expect.poll(() => till.trouble).toEqual({ kind: 'store', fault: 'newer-version' });
		expect(till.gate.kind).toBe('looking');
	});

	it('asks who it is where there are several, and lets go of one for another', async () => {
		const { till, closed } = pageWith({ readOperators: async () => [OPERATOR, OTHER] });
		await till.start();
		expect(till.gate.kind).toBe('who');
		await till.choose(OTHER);
		expect(till.gate).toMatchObject({ kind: 'unlock', operator: OTHER });
		till.leave();
		expect([till.gate.kind, closed()]).toEqual(['who', 1]);
	});

	it('knows nothing of the office from the desk before', async () => {
		const { till } = pageWith({
			readOperators: async () => [OPERATOR, OTHER],
			openDesk: async (operator, tell) => {
				if (operator === OPERATOR) tell({ connection: 'online', sending: false });
				return { kind: 'open', desk: deskOf(LOCKED).desk };
			},
		});
		await till.start();
		await till.choose(OPERATOR);
		expect(till.sync.connection).toBe('online');
		await till.choose(OTHER);
		expect(till.sync.connection).toBe('unknown');
	});

	it('is enrolled by a code, and says why not', async () => {
		let terminal: typeof TERMINAL | undefined;
		const { till } = pageWith({
			readTill: async () => terminal,
			readOperators: async () => [],
			enrol: async (code) => {
				if (code !== 'RIGHT') return { kind: 'refused', because: 'code-mistyped' };
				terminal = TERMINAL;
				return { kind: 'enrolled', terminal };
			},
		});
		await till.start();
		expect(till.gate.kind).toBe('enrol');
		await till.enrol('WRONG');
		expect(till.refusal).toEqual({ kind: 'enrol', because: 'code-mistyped' });
		await till.enrol('RIGHT');
		expect([till.refusal, till.gate.kind]).toEqual([undefined, 'sign-in']);
	});

	it('lets somebody in who has signed in and chosen a PIN', async () => {
		let operators: (typeof OPERATOR)[] = [];
		const { till } = pageWith(
			{
				readOperators: async () => operators,
				signIn: async (login) =>
					login === 'amina'
						? { kind: 'person', person: OPERATOR }
						: { kind: 'refused', because: 'other-vendor' },
				choosePin: async (_, pin) => {
					if (pin.length < 4) return { kind: 'weak', because: 'too-short' };
					operators = [OPERATOR];
					return { kind: 'chosen', operator: OPERATOR, vault: deskOf({ kind: 'open' }).desk.vault };
				},
			},
			{ kind: 'open' },
		);
		await till.start();
		await till.signIn('brian', 'x');
		expect(till.refusal).toEqual({ kind: 'operator', because: 'other-vendor' });
		await till.signIn('amina', 'x');
		expect(till.gate.kind).toBe('choose-pin');
		await till.createPin('1');
		expect(till.gate.kind).toBe('choose-pin');
		await till.createPin('2580');
		expect(till.gate.kind).toBe('open');
	});

	it('whose keys are gone opens no desk, and what was not handed in can be saved', async () => {
		const file = { name: 'till.json', type: 'application/json', parts: ['{}'] } as const;
		let stop: 'keys-missing' | null = null;
		const { till } = pageWith({
			readTill: async () => ({ ...TERMINAL, stop }),
			openDesk: async () => {
				stop = 'keys-missing';
				return { kind: 'refused', because: 'keys-missing' };
			},
			exportUnsent: async () => [file],
		});
		await till.start();
		expect(till.gate).toEqual({ kind: 'stopped', because: 'keys-missing' });
		expect(await till.exportUnsent()).toEqual([file]);
	});

	it('is not left while rows wait', async () => {
		const { till, closed } = pageWith({}, { kind: 'open' });
		await till.start();
		expect(await till.signOut()).toEqual({ kind: 'rows-wait', count: 3 });
		expect(till.gate.kind).toBe('open');
		expect(closed()).toBe(0);
	});

	it('asks who is there, or for a sign-in, once somebody has signed out', async () => {
		let here = [OPERATOR, OTHER];
		const page = pageWith({ readOperators: async () => here }, { kind: 'open' });
		await page.till.start();
		for (const [left, gate] of [
			[[OTHER], 'who'],
			[[], 'sign-in'],
		] as const) {
			await page.till.choose(OPERATOR);
			expect(page.till.gate.kind).toBe('open');
			page.letGo();
			here = [...left];
			expect(await page.till.signOut()).toBeUndefined();
			expect(page.till.gate.kind).toBe(gate);
		}
	});

	it('says why its store does not open', async () => {
		const { till } = pageWith({
			readTill: async () => {
				throw new StoreFault('not-allowed', undefined);
			},
		});
		await till.start();
		expect(till.trouble).toEqual({ kind: 'store', fault: 'not-allowed' });
		expect(till.gate.kind).toBe('enrol');
	});
});
