/**
 * The sandbox provider's page as HTML: what a phone's mobile-money prompt looks like. Two buttons, and
 * folded away below them the endings that nobody wishes for.
 */
import { escape, sandboxPage } from '../sandbox/html.ts';
import { OUTCOMES, type SandboxOutcome } from './sandbox-outcomes.ts';
import { SANDBOX_NAME } from './sandbox-provider.ts';
import type { ChargePage, ChargePageState } from './sandbox-page.ts';

const PLAIN: readonly SandboxOutcome[] = ['approved', 'declined'];

export function chargePage(charge: ChargePage): Response {
	const { state, leftS } = charge;
	const bill = `
		<h1>Pay <b>${escape(charge.payee)}</b></h1>
		<p class="amount">${escape(charge.amount)}</p>
		<p class="for">Electricity for meter <b>${inGroups(escape(charge.description))}</b></p>`;
	return page({
		status: 200,
		title: `${charge.provider}: ${charge.amount}`,
		card: bill + (state === 'open' ? taps() : ending(state, leftS, charge.returnPath)),
	});
}

export function noChargePage(): Response {
	return page({
		status: 404,
		title: 'No such payment',
		card: '<h1>No such payment</h1><a class="filled" href="/">Go back</a>',
	});
}

function taps(): string {
	const others = (Object.keys(OUTCOMES) as SandboxOutcome[])
		.filter((outcome) => !PLAIN.includes(outcome))
		.map((outcome) => {
			const { label, note } = OUTCOMES[outcome];
			return `<button formaction="?${outcome}"><b>${label}</b><span>${note}</span></button>`;
		});
	return `<form method="post">
		<button formaction="?approved" class="filled">${OUTCOMES.approved.label}</button>
		<button formaction="?declined" class="outlined">${OUTCOMES.declined.label}</button>
		<details>
			<summary>Other endings, for trying out</summary>
			<div class="others">${others.join('')}</div>
		</details>
	</form>`;
}

interface Ending {
	readonly tone: 'good' | 'bad' | 'wait';
	readonly icon: string;
	readonly text: string;
}

const CHECK = '<svg aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5" /></svg>';
const CROSS = '<svg aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>';
const CLOCK =
	'<svg aria-hidden="true"><circle cx="12" cy="12" r="9" /><path d="M12 7v5l3 2" /></svg>';

const ENDINGS: Record<Exclude<ChargePageState, 'open'>, Ending> = {
	working: { tone: 'wait', icon: CLOCK, text: 'Approved. The money is on its way.' },
	paid: { tone: 'good', icon: CHECK, text: 'Paid. Nothing is left to do here.' },
	'paid-twice': { tone: 'wait', icon: CHECK, text: 'Paid two times. The second was a mistake.' },
	'taken-back': { tone: 'bad', icon: CROSS, text: 'Paid, and taken back again.' },
	declined: { tone: 'bad', icon: CROSS, text: 'Declined. Nothing was taken.' },
	'no-funds': { tone: 'bad', icon: CROSS, text: 'Not enough money. Nothing was taken.' },
	expired: { tone: 'bad', icon: CLOCK, text: 'This request is too old. Nothing was taken.' },
};

function ending(
	state: Exclude<ChargePageState, 'open'>,
	leftS: number,
	returnPath: string,
): string {
	const { tone, icon, text } = ENDINGS[state];
	const left = state === 'working' ? ` About ${leftS} seconds left.` : '';
	const again = state === 'working' ? '<a class="outlined" href="">Look again</a>' : '';
	return `<p class="ending ${tone}" role="status">${icon}<span>${text}${left}</span></p>
		${again}
		<a class="filled" href="${escape(returnPath)}">Go back</a>`;
}

function page(page: { status: number; title: string; card: string }): Response {
	const content = `<main>
		<p class="brand"><strong>${MARK}${escape(SANDBOX_NAME)}</strong>
			<span class="sandbox">Sandbox: no real money</span></p>
		${page.card}
	</main>
	<footer class="note">A stand-in for a mobile-money service, for trying Tokenline out.</footer>`;
	const { status, title } = page;
	return sandboxPage({ status, title, content, style: STYLE });
}

/** Digits in groups of four that stay together, as on the meter's own plate. */
function inGroups(digits: string): string {
	return digits.replace(/(\d{4})(?=\d)/g, '$1&nbsp;');
}

const MARK =
	'<svg aria-hidden="true"><circle cx="9" cy="12" r="6.5" /><path d="M13 6.2a6.5 6.5 0 1 1 0 11.6" /></svg>';

const STYLE = `
	body { display: grid; place-content: start center; grid-template-columns: minmax(0, 26rem); padding: 16px;
		padding-top: clamp(16px, 12dvh, 8rem); }
	main { background: var(--raised); border: 1px solid var(--hairline); border-radius: 14px; padding: 20px 24px 24px; }
	.brand { margin-bottom: 28px; padding-bottom: 16px; border-bottom: 1px solid var(--hairline); }
	h1 { font-size: 16px; font-weight: 400; color: var(--quiet); }
	h1 b { font-weight: 600; color: var(--ink); }
	.amount { font-size: 44px; font-weight: 500; line-height: 1.15; margin: 4px 0 8px; }
	.for { color: var(--quiet); }
	.for b { font-weight: 500; color: var(--ink); white-space: nowrap; }
	form { display: grid; gap: 12px; margin-top: 32px; }
	button, a { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; text-align: left;
		text-decoration: none; border-radius: 10px; }
	.filled, .outlined { display: grid; place-items: center; width: 100%; min-height: 48px; padding: 0 16px; }
	.filled { background: var(--brand); color: var(--on-brand); font-weight: 600; }
	.outlined { border: 1px solid var(--outline); }
	a.filled, a.outlined { margin-top: 16px; }
	summary { display: grid; place-items: center; min-height: 44px; color: var(--quiet); cursor: pointer;
		border-radius: 10px; list-style: none; text-decoration: underline; text-underline-offset: 4px;
		text-decoration-color: var(--hairline); }
	summary::-webkit-details-marker { display: none; }
	.others { display: grid; border: 1px solid var(--hairline); border-radius: 10px; overflow: hidden; margin-top: 4px; }
	.others button { display: grid; padding: 10px 14px; min-height: 44px; border-radius: 0; }
	.others button + button { border-top: 1px solid var(--hairline); }
	.others button:hover { background: var(--tint); }
	.others b { font-weight: 500; }
	.others span { color: var(--quiet); font-size: 14px; }
	.others :focus-visible { outline-offset: -3px; }
	.ending { display: flex; gap: 12px; margin-top: 32px; padding: 14px 16px; border-radius: 10px; background: var(--tint); }
	.ending svg { color: var(--wait); }
	.ending.good svg { color: var(--good); }
	.ending.bad svg { color: var(--bad); }
	.note { margin-top: 16px; text-align: center; text-wrap: balance; color: var(--quiet); font-size: 14px; }
`;
