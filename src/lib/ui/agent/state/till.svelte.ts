/**
 * The till that this page is: whether it is one, who stands at it, whether their vault is open, and the open
 * desk. One for the page, whatever screen is shown.
 */
import type { LeaveRefusal } from '#lib/browser/store/agent-leave.ts';
import type { OperatorHereRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { TillDeskOutcome } from '#lib/browser/sync/open-till-desk.ts';
import type { TillDesk, TillFile, TillGlance } from '#lib/browser/sync/till-desk.ts';
import type { EnrolOutcome } from '#lib/browser/sync/till-enrol.ts';
import type { ChoosePinOutcome, TillPerson, TillSignIn } from '#lib/browser/sync/till-people.ts';
import { VaultFault } from '#lib/browser/vault/vault-fault.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import type {
	ChangePinOutcome,
	UnlockOutcome,
	VaultState,
} from '#lib/browser/vault/vault-outcomes.ts';
import type { EnrolRefusal, OperatorRefusal } from '#lib/core/vending/till-refusals.ts';
import { shownMeanwhile } from '#lib/ui/access/shown-vault.ts';
import type { Trouble } from '#lib/ui/access/trouble.ts';
import { Live } from '#lib/ui/state/live.svelte.ts';
import type { TillSync } from '../view/glance-view.ts';
import { decideTillGate } from './gate.ts';

/** What a till's page needs of the browser and the backend; a test gives its own. */
export interface TillPagePorts {
	/** @throws {StoreFault} */
	readTill(): Promise<TerminalHereRow | undefined>;
	readOperators(): Promise<readonly OperatorHereRow[]>;
	enrol(code: string): Promise<EnrolOutcome>;
	signIn(login: string, password: string): Promise<TillSignIn>;
	choosePin(person: TillPerson, pin: string): Promise<ChoosePinOutcome>;
	/**
	 * @param tell what keeps the journal moving has changed
	 * @param vault open already, as choosing its PIN left it
	 */
	openDesk(
		operator: OperatorHereRow,
		tell: (sync: TillSync) => void,
		vault?: Vault,
	): Promise<TillDeskOutcome>;
	/** They know their PIN: the first in the list next time. @throws {StoreFault} */
	noteSignedIn(operator: OperatorHereRow): Promise<void>;
	/** What was not handed in, also where no desk can be opened. @throws {StoreFault} */
	exportUnsent(): Promise<readonly TillFile[]>;
	/** Asks the service worker to keep the agent's screens. */
	keepScreens(): Promise<boolean>;
}

/** What this till itself said no to. */
export type TillRefusal =
	| { readonly kind: 'enrol'; readonly because: EnrolRefusal }
	| { readonly kind: 'operator'; readonly because: OperatorRefusal };

/** A desk that has just been opened does not know yet whether the office is there. */
const NOT_LOOKED: TillSync = { connection: 'unknown', sending: false };

export class Till {
	terminal = $state.raw<TerminalHereRow | null>();
	operators = $state.raw<readonly OperatorHereRow[]>([]);
	person = $state.raw<TillPerson | null>(null);
	operator = $state.raw<OperatorHereRow | null>(null);
	vault = $state.raw<VaultState>();
	wish = $state.raw<'enrol' | 'sign-in' | null>(null);
	sync = $state.raw<TillSync>(NOT_LOOKED);
	trouble = $state.raw<Trouble>();
	refusal = $state.raw<TillRefusal>();
	/** Something is being done that a person waits for. */
	busy = $state(false);
	/** Whether this device keeps the agent's screens; undefined: that is being done. */
	screensKept = $state<boolean>();
	readonly gate = $derived(decideTillGate(this));
	/** What is always in sight. */
	readonly glances = new Live(async (): Promise<TillGlance | null> =>
		this.#desk ? this.#desk.glance() : null,
	);
	#desk = $state.raw<TillDesk>();
	#ports: TillPagePorts;
	#starting: Promise<void> | undefined;
	#offVault: () => void = () => undefined;
	#onDesk: (desk: TillDesk | undefined) => void = () => undefined;

	constructor(ports: TillPagePorts) {
		this.#ports = ports;
	}

	/** The open desk; undefined while nobody's is. */
	get desk(): TillDesk | undefined {
		return this.#desk;
	}

	/** Nobody signs in here by a passkey: the till itself has to sign the request. */
	readonly hasPasskeys = false;
	async signInByPasskey(): Promise<void> {}

	/** Is told of every desk that is opened, and of none being open any more. */
	onDesk(listener: (desk: TillDesk | undefined) => void): void {
		this.#onDesk = listener;
	}

	/** Once a page; a second call does nothing. */
	start(): Promise<void> {
		return (this.#starting ??= this.#start());
	}

	async #start(): Promise<void> {
		void this.#ports.keepScreens().then((kept) => (this.screensKept = kept));
		await this.#during(() => this.#look());
		// A store that does not open still lets a person see why.
		this.terminal ??= null;
	}

	/** Who is the only one here need not say who they are. */
	async #look(): Promise<void> {
		const terminal = (await this.#ports.readTill()) ?? null;
		this.operators = terminal ? await this.#ports.readOperators() : [];
		const [only, ...others] = this.operators;
		this.terminal = terminal;
		if (terminal?.revokedAtMs === null && only && others.length === 0) await this.#open(only);
	}

	async enrol(code: string): Promise<void> {
		await this.#during(async () => {
			const outcome = await this.#ports.enrol(code);
			switch (outcome.kind) {
				case 'enrolled':
					this.#close();
					this.wish = null;
					return this.#look();
				case 'refused':
					this.refusal = { kind: 'enrol', because: outcome.because };
					return;
				default:
					this.trouble = outcome.kind === 'problem' ? outcome : { kind: 'no-answer' };
			}
		});
	}

	async signIn(login: string, password: string): Promise<void> {
		await this.#during(async () => {
			const outcome = await this.#ports.signIn(login, password);
			switch (outcome.kind) {
				case 'person':
					this.#close();
					this.person = outcome.person;
					this.wish = null;
					return;
				case 'refused':
					this.refusal = { kind: 'operator', because: outcome.because };
					return;
				default:
					this.trouble = outcome.kind === 'problem' ? outcome : { kind: 'no-answer' };
			}
		});
	}

	/** Of whoever has just signed in. */
	async createPin(pin: string): Promise<void> {
		const { person } = this;
		if (!person) return;
		await this.#during(async () => {
			const outcome = await this.#ports.choosePin(person, pin);
			// Only `weak` leaves them here, and the form says why before it asks.
			if (outcome.kind === 'weak') return;
			this.operators = await this.#ports.readOperators();
			if (outcome.kind === 'chosen') await this.#open(outcome.operator, outcome.vault);
			// Chosen or locked in another tab meanwhile: the PIN opens it.
			else {
				const { operatorId } = person;
				const operator = this.operators.find((one) => one.operatorId === operatorId);
				if (operator) await this.#open(operator);
			}
			this.person = null;
		});
	}

	/** Somebody of the list says that it is they. */
	async choose(operator: OperatorHereRow): Promise<void> {
		await this.#during(() => this.#open(operator));
	}

	async unlock(pin: string): Promise<UnlockOutcome | undefined> {
		return this.#during(async () => {
			const outcome = await this.#tryPin(pin);
			const { operator } = this;
			// It only orders the list: what breaks there is said, and keeps nobody out.
			if (outcome?.kind === 'opened' && operator)
				await this.#ports.noteSignedIn(operator).catch((error: unknown) => this.tell(error));
			return outcome;
		});
	}

	/** An attempt is counted before its PIN is looked at: the vault is read again also where it broke off. */
	async #tryPin(pin: string): Promise<UnlockOutcome | undefined> {
		try {
			return await this.#desk?.vault.unlock(pin);
		} finally {
			await this.#lookAtVault();
		}
	}

	async changePin(old: string, next: string): Promise<ChangePinOutcome | undefined> {
		return this.#during(async () => this.#desk?.vault.changePin(old, next));
	}

	/** To the list, or to signing in. */
	leave(): void {
		this.#close();
		if (this.operators.length < 2) this.wish = 'sign-in';
	}

	want(wish: 'enrol' | 'sign-in' | null): void {
		this.trouble = this.refusal = undefined;
		this.wish = wish;
	}

	lock(): void {
		this.#desk?.lock();
	}

	async tryNow(): Promise<void> {
		await this.#during(async () => this.#desk?.tryNow());
	}

	/** What was not handed in, as files to be given to the office. */
	async exportUnsent(): Promise<readonly TillFile[]> {
		return (await this.#during(() => this.#ports.exportUnsent())) ?? [];
	}

	/** @returns why nobody is signed out; undefined: they are, or `trouble` says why not */
	async signOut(): Promise<LeaveRefusal | undefined> {
		return this.#during(async () => {
			const outcome = await this.#desk?.signOut();
			if (outcome?.kind !== 'signed-out') return outcome;
			this.#close();
			this.operators = await this.#ports.readOperators();
			return undefined;
		});
	}

	/** Says on this page what a store or vault did to something that was wanted. @throws whatever else it is */
	tell(error: unknown): void {
		if (error instanceof StoreFault) this.trouble = { kind: 'store', fault: error.kind };
		else if (error instanceof VaultFault) this.trouble = { kind: 'vault', fault: error.kind };
		else throw error;
	}

	async #open(operator: OperatorHereRow, vault?: Vault): Promise<void> {
		this.#close();
		const tell = (sync: TillSync) => (this.sync = sync);
		const outcome = await this.#ports.openDesk(operator, tell, vault);
		if (outcome.kind === 'refused') {
			// Why is written down with the till.
			this.terminal = (await this.#ports.readTill()) ?? null;
			return;
		}
		const { desk } = outcome;
		this.#offVault = desk.vault.onChange(() => {
			this.#lookAtVault().catch((error: unknown) => this.tell(error));
		});
		this.#desk = desk;
		this.#onDesk(desk);
		this.vault = await desk.vault.state();
		this.operator = operator;
	}

	#close(): void {
		this.#offVault();
		this.#offVault = () => undefined;
		this.#desk?.close();
		if (this.#desk) this.#onDesk(undefined);
		this.#desk = undefined;
		this.sync = NOT_LOOKED;
		this.vault = undefined;
		this.operator = null;
	}

	async #lookAtVault(): Promise<void> {
		const desk = this.#desk;
		if (!desk) return;
		this.vault = shownMeanwhile(this.vault, desk.vault.isOpen());
		this.vault = await desk.vault.state();
		// The office may have revoked the till since, or the journal been suspended.
		this.terminal = await desk.terminal();
	}

	async #during<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | undefined> {
		this.busy = true;
		this.trouble = this.refusal = undefined;
		try {
			return await act();
		} catch (error) {
			this.tell(error);
			return undefined;
		} finally {
			this.busy = false;
		}
	}
}
