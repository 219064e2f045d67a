/**
 * The technician at this device: who it is, whether the vault is open, which jobs lie in it, how far the
 * journal is, and what became of the last thing they did. One for the page, whatever screen is shown.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { technicianApi, technicianOf } from '#lib/browser/api/technician.ts';
import { device } from '#lib/browser/device/device.ts';
import { keepAudience } from '#lib/browser/device/keep-audience.ts';
import { passkeyDevice } from '#lib/browser/device/passkey.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { readNewestEntries } from '#lib/browser/store/technician-journal.ts';
import {
	readTechnicians,
	rememberTechnician,
	type Technician,
} from '#lib/browser/store/technician-people.ts';
import { openTechnicianStore, type TechnicianStore } from '#lib/browser/store/technician.ts';
import { probe } from '#lib/browser/sync/connection.ts';
import { openFieldDesk, type DeskPorts, type FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { PackOutcome } from '#lib/browser/sync/field-packs.ts';
import type { FieldSyncState } from '#lib/browser/sync/field-runner.ts';
import type { PacksInHand } from '#lib/browser/vault/job-packs.ts';
import { openTabChannel } from '#lib/browser/vault/lock-together.ts';
import { pageWatch } from '#lib/browser/vault/page-watch.ts';
import { stretchInWorker } from '#lib/browser/vault/stretch-in-worker.ts';
import { VaultFault } from '#lib/browser/vault/vault-fault.ts';
import type {
	ChangePinOutcome,
	CreateOutcome,
	UnlockOutcome,
	VaultState,
} from '#lib/browser/vault/vault-outcomes.ts';
import type { LoginSessionAnswer } from '#lib/core/sync/wire-people.ts';
import { shownMeanwhile } from '#lib/ui/access/shown-vault.ts';
import type { Trouble } from '#lib/ui/access/trouble.ts';
import { Live } from '#lib/ui/state/live.svelte.ts';
import { decideGate } from './gate.ts';

/** What the office calls a new device until somebody names it. */
const DEVICE_NAME = 'Technician’s browser';
const SHOWN_ENTRIES = 200;
const NO_PACKS: PacksInHand = { packs: [], closed: [] };

/** This browser, as the desk needs it. */
const portsOf = (store: TechnicianStore): DeskPorts => ({
	...{ store, api: technicianApi, timer: HOST_TIMER, probe },
	clocks: { nowMs: device.nowMs, tickMs: () => performance.now() },
	...{ page: pageWatch, tabs: openTabChannel(), locks: navigator.locks },
	...{ stretch: stretchInWorker, newId: device.newId, chance: device.chance },
});

class TechnicianDesk {
	/** Whose desk is open; null: nobody's; undefined: not known yet. */
	technician = $state.raw<Technician | null>();
	vault = $state.raw<VaultState>();
	sync = $state.raw<FieldSyncState>();
	packs = $state.raw<PacksInHand>(NO_PACKS);
	trouble = $state.raw<Trouble>();
	/** Something is being done that a person waits for. */
	busy = $state(false);
	/** Whether this device keeps the technician's screens; undefined: that is being done. */
	screensKept = $state<boolean>();
	readonly gate = $derived(decideGate(this.technician, this.vault));
	/** Deeds on this device, the newest first. */
	readonly entries = new Live(async () =>
		this.#store ? readNewestEntries(this.#store, SHOWN_ENTRIES) : [],
	);
	#store = $state.raw<TechnicianStore>();
	#desk = $state.raw<FieldDesk>();
	#starting: Promise<void> | undefined;

	/** The open desk; undefined while nobody's is. */
	get desk(): FieldDesk | undefined {
		return this.#desk;
	}

	/** What this device keeps; undefined until it is open. */
	get store(): TechnicianStore | undefined {
		return this.#store;
	}

	/** Once a page; a second call does nothing. */
	start(): Promise<void> {
		return (this.#starting ??= this.#start());
	}

	async #start(): Promise<void> {
		void keepAudience('technician').then((kept) => (this.screensKept = kept));
		await this.#during(async () => {
			const store = await openTechnicianStore();
			this.#store = store;
			const [known] = await readTechnicians(store);
			// Whoever was here last need not wait for a network to enter their PIN.
			if (known) await this.#open(store, known);
			const session = await technicianApi.readSession();
			if (session.kind === 'answer') await this.#enter(session.answer);
			else this.technician ??= null;
		});
		// A store that does not open still lets a person see why.
		this.technician ??= null;
	}

	async signIn(login: string, password: string): Promise<void> {
		await this.#during(async () => {
			await this.#takeSession(await technicianApi.signInByPassword(login, password));
		});
	}

	get hasPasskeys(): boolean {
		return passkeyDevice.present();
	}

	async signInByPasskey(): Promise<void> {
		await this.#during(async () => {
			const challenge = await technicianApi.challenge('passkey-assertion');
			if (challenge.kind !== 'answer') return this.#refused(challenge);
			const assertion = await passkeyDevice.assert(challenge.answer.options);
			if (assertion === undefined) return void (this.trouble = { kind: 'no-passkey' });
			const { challengeId } = challenge.answer;
			await this.#takeSession(await technicianApi.signInByPasskey(challengeId, assertion));
		});
	}

	/** Leaves the desk of whoever was here, so that somebody else can sign in. */
	leave(): void {
		this.#close();
		this.technician = null;
	}

	async createPin(pin: string): Promise<CreateOutcome | undefined> {
		return this.#withVault((desk) => desk.vault.create(pin));
	}

	async unlock(pin: string): Promise<UnlockOutcome | undefined> {
		return this.#withVault((desk) => desk.vault.unlock(pin));
	}

	async changePin(old: string, next: string): Promise<ChangePinOutcome | undefined> {
		return this.#withVault((desk) => desk.vault.changePin(old, next));
	}

	/** After damage: what is sealed is lost already, and the jobs come again from the office. */
	async startVaultAnew(): Promise<void> {
		await this.#withVault((desk) => desk.vault.destroy('closed'));
		await this.#withDesk((desk) => desk.startAnew());
	}

	/** After a fork: another device of the same person, with a journal of its own. */
	async startDeviceAnew(): Promise<void> {
		await this.#withDesk((desk) => desk.startAnew());
		await this.readPacks();
	}

	lock(): void {
		this.#desk?.lock();
	}

	async takePack(): Promise<PackOutcome | undefined> {
		const outcome = await this.#withDesk((desk) => desk.takePack());
		await this.readPacks();
		if (outcome?.kind === 'problem' || outcome?.kind === 'unknown') this.#refused(outcome);
		return outcome;
	}

	async closePack(packId: string): Promise<void> {
		await this.#withDesk((desk) => desk.packs.close(packId, 'closed'));
		await this.readPacks();
	}

	/** The packs as they are now: one may have expired. */
	async readPacks(): Promise<void> {
		await this.#lookAtVault();
	}

	async signOut(): Promise<void> {
		await this.#withDesk((desk) => desk.signOut());
		this.#close();
		this.technician = null;
	}

	async tryNow(): Promise<void> {
		await this.#withDesk((desk) => desk.tryNow());
	}

	/** Says on this page what a store or vault did to something that was wanted. @throws whatever else it is */
	tell(error: unknown): void {
		if (error instanceof StoreFault) this.trouble = { kind: 'store', fault: error.kind };
		else if (error instanceof VaultFault) this.trouble = { kind: 'vault', fault: error.kind };
		else throw error;
	}

	async #takeSession(outcome: ApiOutcome<LoginSessionAnswer>): Promise<void> {
		if (outcome.kind === 'answer') await this.#enter(outcome.answer);
		else this.#refused(outcome);
	}

	async #enter(session: LoginSessionAnswer): Promise<void> {
		const technician = technicianOf(session);
		if (!technician) {
			this.technician ??= null;
			this.trouble = { kind: 'not-theirs' };
			return;
		}
		const store = this.#store;
		if (!store) return;
		await rememberTechnician(store, technician, device.nowMs());
		if (this.technician?.operatorId !== technician.operatorId) await this.#open(store, technician);
		// Nobody waits for it.
		void this.#desk?.tryNow().catch((error: unknown) => this.tell(error));
	}

	async #open(store: TechnicianStore, technician: Technician): Promise<void> {
		this.#close();
		const desk = await openFieldDesk(portsOf(store), technician, DEVICE_NAME, (state) => {
			this.sync = state;
		});
		desk.vault.onChange(() => void this.#lookAtVault());
		this.#desk = desk;
		this.vault = await desk.vault.state();
		this.technician = technician;
	}

	#close(): void {
		this.#desk?.close();
		this.#desk = undefined;
		this.vault = undefined;
		this.packs = NO_PACKS;
	}

	/**
	 * What lies in the vault is known when it is seen to be open: nobody is told of no jobs that there are. What was
	 * said of the deed before it stands.
	 */
	async #lookAtVault(): Promise<void> {
		const desk = this.#desk;
		if (!desk) return;
		await this.#busily(async () => {
			let packs = NO_PACKS;
			this.vault = shownMeanwhile(this.vault, desk.vault.isOpen());
			try {
				if (desk.vault.isOpen()) packs = await desk.packs.open();
			} finally {
				const vault = await desk.vault.state();
				if (desk === this.#desk) {
					this.vault = vault;
					this.packs = desk.vault.isOpen() ? packs : NO_PACKS;
				}
			}
		});
	}

	async #withVault<Outcome>(
		act: (desk: FieldDesk) => Promise<Outcome>,
	): Promise<Outcome | undefined> {
		const outcome = await this.#withDesk(act);
		await this.#lookAtVault();
		return outcome;
	}

	async #withDesk<Outcome>(
		act: (desk: FieldDesk) => Promise<Outcome>,
	): Promise<Outcome | undefined> {
		const desk = this.#desk;
		return desk && this.#during(() => act(desk));
	}

	async #during<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | undefined> {
		this.trouble = undefined;
		return this.#busily(act);
	}

	async #busily<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | undefined> {
		this.busy = true;
		try {
			return await act();
		} catch (error) {
			this.tell(error);
			return undefined;
		} finally {
			this.busy = false;
		}
	}

	#refused(outcome: Exclude<ApiOutcome<unknown>, { kind: 'answer' }>): void {
		this.trouble =
			outcome.kind === 'problem'
				? { kind: 'problem', problem: outcome.problem }
				: { kind: 'no-answer' };
	}
}

export const technicianDesk = new TechnicianDesk();
