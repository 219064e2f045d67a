/** Who is at the office's desk, what they see there, and what became of the last thing they did. */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { OfficeApi } from '#lib/browser/api/office.ts';
import type { PasskeyDevice } from '#lib/browser/device/passkey.ts';
import type { ApprovalAnswer } from '#lib/core/sync/wire-approvals.ts';
import type { LoginSessionAnswer, PasskeyAnswer, Person } from '#lib/core/sync/wire-people.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

interface Surroundings {
	readonly api: OfficeApi;
	readonly passkeys: PasskeyDevice;
}

/** `no-passkey`: the device, or the person, would not. */
export type Trouble =
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'no-answer' }
	| { readonly kind: 'no-passkey' };

/** Codes that say that nobody is signed in (any more). */
export const SIGNED_OUT: readonly string[] = ['sign-in-needed', 'session-ended'];

export class OfficeDesk {
	readonly #around: Surroundings;
	/** Undefined until it is known; null: nobody. */
	person = $state.raw<Person | null>();
	/** Undefined: not known yet. */
	passkeys = $state.raw<readonly PasskeyAnswer[]>();
	/** Undefined: not for this person's eyes, or not known yet. */
	proposals = $state.raw<readonly ApprovalAnswer[]>();
	trouble = $state.raw<Trouble>();
	busy = $state(false);

	constructor(around: Surroundings) {
		this.#around = around;
	}

	get hasPasskeys(): boolean {
		return this.#around.passkeys.present();
	}

	async start(): Promise<void> {
		await this.#during(async () => {
			const session = await this.#around.api.readSession();
			if (session.kind === 'answer') await this.#enter(session.answer);
			else this.#refused(session);
		});
	}

	async signIn(login: string, password: string): Promise<void> {
		await this.#during(async () => {
			const session = await this.#around.api.signInByPassword(login, password);
			if (session.kind === 'answer') await this.#enter(session.answer);
			else this.#refused(session);
		});
	}

	async signInByPasskey(): Promise<void> {
		const { api, passkeys } = this.#around;
		await this.#during(async () => {
			const challenge = await api.challenge('passkey-assertion');
			if (challenge.kind !== 'answer') return this.#refused(challenge);
			const assertion = await passkeys.assert(challenge.answer.options);
			if (assertion === undefined) return this.#noPasskey();
			const session = await api.signInByPasskey(challenge.answer.challengeId, assertion);
			if (session.kind === 'answer') await this.#enter(session.answer);
			else this.#refused(session);
		});
	}

	async signOut(): Promise<void> {
		await this.#during(async () => {
			const ended = await this.#around.api.signOut();
			if (ended.kind === 'answer') this.#leave();
			else this.#refused(ended);
		});
	}

	/** @param name what the new one is called */
	async addPasskey(name: string): Promise<void> {
		const { api, passkeys } = this.#around;
		await this.#during(async () => {
			const challenge = await api.challenge('passkey-registration');
			if (challenge.kind !== 'answer') return this.#refused(challenge);
			const attestation = await passkeys.create(challenge.answer.options);
			if (attestation === undefined) return this.#noPasskey();
			const made = await api.registerPasskey(challenge.answer.challengeId, name, attestation);
			if (made.kind !== 'answer') return this.#refused(made);
			await this.#readPasskeys();
		});
	}

	async removePasskey(credentialId: string): Promise<void> {
		await this.#during(async () => {
			const removed = await this.#around.api.removePasskey(credentialId);
			if (removed.kind !== 'answer') return this.#refused(removed);
			await this.#readPasskeys();
		});
	}

	async decide(id: string, decision: 'approve' | 'reject'): Promise<void> {
		await this.#during(async () => {
			const decided = await this.#around.api.decide(id, { decision, note: '' });
			if (decided.kind !== 'answer') this.#refused(decided);
			await this.#readProposals();
		});
	}

	async lookAgain(): Promise<void> {
		await this.#during(() => this.#readProposals());
	}

	/** A screen was told that nobody is signed in any more. */
	signedOut(problem: Problem): void {
		this.#refused({ kind: 'problem', problem });
	}

	/** One thing at a time. */
	async #during(work: () => Promise<void>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.trouble = undefined;
		try {
			await work();
		} finally {
			this.busy = false;
		}
	}

	async #enter({ person }: LoginSessionAnswer): Promise<void> {
		this.person = person;
		if (person.kind === 'operator')
			await Promise.all([this.#readPasskeys(), this.#readProposals()]);
	}

	#leave(): void {
		this.person = null;
		this.passkeys = undefined;
		this.proposals = undefined;
	}

	async #readPasskeys(): Promise<void> {
		const outcome = await this.#around.api.listPasskeys();
		if (outcome.kind === 'answer') this.passkeys = outcome.answer.passkeys;
		else this.#refused(outcome);
	}

	async #readProposals(): Promise<void> {
		const outcome = await this.#around.api.listProposals();
		if (outcome.kind === 'answer') this.proposals = outcome.answer.approvals;
		else if (outcome.kind === 'problem' && outcome.problem.code === 'not-allowed')
			this.proposals = undefined;
		else this.#refused(outcome);
	}

	#refused(outcome: Exclude<ApiOutcome<unknown>, { kind: 'answer' }>): void {
		if (outcome.kind === 'unknown') this.trouble = { kind: 'no-answer' };
		else if (!SIGNED_OUT.includes(outcome.problem.code)) this.trouble = outcome;
		// That nobody is signed in is no trouble before anybody was.
		else if (this.person) {
			this.#leave();
			this.trouble = outcome;
		} else this.#leave();
	}

	#noPasskey(): void {
		this.trouble = { kind: 'no-passkey' };
	}
}
