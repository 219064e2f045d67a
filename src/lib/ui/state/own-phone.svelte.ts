/** Showing that a phone is one's own, step by step: the number, the code that came, and what went wrong. */
import { ownPhone, type OwnPhone } from '#lib/browser/api/own-phone.ts';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import { parsePhone } from '#lib/core/vending/phone-number.ts';

export class PhoneProof {
	phoneText = $state('');
	codeText = $state('');
	busy = $state(false);
	/** To which phone a code is on its way; null: to none yet. */
	sentTo = $state<string | null>(null);
	/** Why the last step did not succeed. */
	trouble = $state.raw<
		{ readonly kind: 'silent' } | { readonly kind: 'problem'; readonly problem: Problem } | null
	>(null);
	readonly phone = $derived.by(() => parsePhone(this.phoneText));
	/** The six digits, whatever a person writes between them; null while they are not six. */
	readonly code = $derived.by(() => {
		const digits = latinDigits(this.codeText).replace(/[\s-]/g, '');
		return /^\d{6}$/.test(digits) ? digits : null;
	});
	readonly #api: OwnPhone;

	constructor(api: OwnPhone = ownPhone) {
		this.#api = api;
	}

	/** Has a code sent to the phone in the field. Does nothing while a step is under way, or without a number. */
	async send(): Promise<void> {
		const { phone } = this;
		if (!('phone' in phone)) return;
		const isSent = await this.#step(() => this.#api.sendCode(phone.phone));
		if (!isSent) return;
		this.codeText = '';
		this.sentTo = phone.phone;
	}

	/** Shows the code. Answers whether it was right. */
	async show(): Promise<boolean> {
		const { sentTo, code } = this;
		if (sentTo === null || code === null) return false;
		return this.#step(() => this.#api.showCode(sentTo, code));
	}

	/** Another number. */
	back(): void {
		this.sentTo = null;
		this.codeText = '';
		this.trouble = null;
	}

	async #step(ask: () => Promise<ApiOutcome<unknown>>): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.trouble = null;
		const outcome = await ask();
		this.busy = false;
		if (outcome.kind === 'answer') return true;
		this.trouble = outcome.kind === 'problem' ? outcome : { kind: 'silent' };
		return false;
	}
}
