/** The technician's gate when the store breaks while their vault locks itself. */
import { expect, it, vi } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { VaultState } from '#lib/browser/vault/vault-outcomes.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';

const ZOLA = { operatorId: 'zola', login: 'zola', name: 'Zola' };
const LOCKED: VaultState = { kind: 'locked', left: 10, waitMs: 0 };

const vault = vi.hoisted(() => ({
	isOpen: true,
	/** What reading its state throws, and what writing throws. */
	...{ fault: undefined as Error | undefined, full: undefined as Error | undefined },
}));
let locked: () => void = () => undefined;

vi.mock('#lib/browser/device/keep-audience.ts', () => ({ keepAudience: async () => true }));
vi.mock('#lib/browser/store/technician.ts', () => ({ openTechnicianStore: async () => ({}) }));
vi.mock('#lib/browser/store/technician-people.ts', () => ({ readTechnicians: async () => [ZOLA] }));
vi.mock('#lib/browser/api/technician.ts', () => ({
	technicianApi: { readSession: async () => ({ kind: 'unknown' }) },
}));
vi.mock('#lib/browser/sync/field-desk.ts', () => ({
	openFieldDesk: async () =>
		({
			close: () => undefined,
			lock: () => {
				vault.isOpen = false;
				locked();
			},
			packs: { open: async () => ({ packs: [], closed: [] }) },
			vault: {
				isOpen: () => vault.isOpen,
				onChange: (listener: () => void) => (locked = listener),
				state: async () => {
					if (vault.fault) throw vault.fault;
					return vault.isOpen ? { kind: 'open' } : LOCKED;
				},
				unlock: async () => {
					if (vault.full) throw vault.full;
					vault.isOpen = true;
					return { kind: 'open' };
				},
			},
		}) as unknown as FieldDesk,
}));

it('the technician’s desk is not open any more, and what broke is said', async () => {
	await technicianDesk.start();
	expect(technicianDesk.gate.kind).toBe('open');
	vault.fault = new StoreFault('newer-version');
	technicianDesk.lock();
	expect(technicianDesk.gate.kind).toBe('looking');
	await expect
		.poll(() => technicianDesk.trouble)
		.toEqual({ kind: 'store', fault: 'newer-version' });
	expect(technicianDesk.gate.kind).toBe('looking');
});

it('a full disk is still said when the vault was looked at after it', async () => {
	vault.fault = undefined;
	vault.full = new StoreFault('no-space');
	expect(await technicianDesk.unlock('538204')).toBeUndefined();
	expect(technicianDesk.gate.kind).toBe('unlock');
	expect(technicianDesk.trouble).toEqual({ kind: 'store', fault: 'no-space' });
	vault.full = undefined;
	await technicianDesk.unlock('538204');
	expect(technicianDesk.trouble).toBeUndefined();
	expect(technicianDesk.gate.kind).toBe('open');
});
