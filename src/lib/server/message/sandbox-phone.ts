/** The demo's page of messages: a phone on which everything that was sent to customers has arrived. */
import type { Backend } from '../backend.ts';
import type { SandboxMessageRow } from '../database/schema.ts';
import { escape, sandboxPage } from '../sandbox/html.ts';
import { messageStatusOf } from './sandbox-messenger.ts';

/** Messages shown, the latest first. */
const SHOWN = 50;

/** @param phone only what was sent to this number; its plus may have become a space on the way */
export async function phonePage(
	{ database, clock }: Backend,
	phone: string | undefined,
): Promise<Response> {
	const number = phone === undefined ? undefined : `+${phone.replace(/^[+ ]/, '')}`;
	let query = database.selectFrom('sandbox_message').selectAll();
	if (number !== undefined) query = query.where('phone', '=', number);
	const rows = await query
		.orderBy('sent_at_ms', 'desc')
		.orderBy('reference', 'desc')
		.limit(SHOWN)
		.execute();
	const nowMs = clock.nowMs();
	return sandboxPage({
		status: 200,
		title: 'Messages',
		style: STYLE,
		content: `<main>
			<header><div class="brand"><h1>${BUBBLE}Messages</h1>
				<span class="sandbox">Sandbox: nothing is sent</span></div>
			<p class="to">${number === undefined ? 'To all numbers' : `To ${escape(number)}`}
				${number === undefined ? '' : '· <a href="/sandbox/messages">all numbers</a>'}
				· <a href="">look again</a></p></header>
			${rows.length === 0 ? EMPTY : `<ol>${rows.map((row) => item(row, nowMs)).join('')}</ol>`}
		</main>
		<footer class="note">What Tokenline would have sent to customers’ phones. A number that ends in 0000 is
			switched off.</footer>`,
	});
}

const STATES = {
	accepted: 'On its way',
	delivered: 'Delivered',
	failed: 'Not delivered: the phone is off',
	unknown: '',
} as const;

function item(row: SandboxMessageRow, nowMs: number): string {
	const { state } = messageStatusOf(row, nowMs);
	const at = new Date(row.sent_at_ms).toISOString();
	return `<li>
		<p class="meta"><b>${escape(row.phone)}</b> <time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time></p>
		<p class="bubble">${tokensTogether(escape(row.text))}</p>
		<p class="state ${state}">${STATES[state]}</p>
	</li>`;
}

/** The twenty digits of a token stay on one line where there is room, and are larger than the rest. */
function tokensTogether(text: string): string {
	return text.replace(/\d{4}(?: \d{4}){4}/g, '<span class="token">$&</span>');
}

const EMPTY = `<p class="empty">No messages yet. Ask for a token to be sent to a phone when you buy one.</p>`;

const BUBBLE = '<svg aria-hidden="true"><path d="M4 5h16v11H10l-4 4v-4H4z" /></svg>';

const STYLE = `
	body { display: grid; justify-content: center; align-content: start; grid-template-columns: minmax(0, 28rem); padding: 16px; }
	main { background: var(--raised); border: 1px solid var(--hairline); border-radius: 14px; min-height: 70dvh; }
	h1 { display: flex; align-items: center; gap: 8px; font-size: 16px; color: var(--brand); }
	header { padding: 20px 20px 14px; border-bottom: 1px solid var(--hairline); }
	.to { margin-top: 12px; font-size: 14px; color: var(--quiet); }
	.to a { color: var(--brand); }
	ol { list-style: none; padding: 20px; display: grid; gap: 20px; }
	.meta { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; font-size: 14px; color: var(--quiet); }
	.meta b { font-weight: 500; color: var(--ink); }
	.bubble { margin-top: 6px; background: var(--tint); border-radius: 4px 14px 14px 14px; padding: 12px 14px;
		white-space: pre-line; width: fit-content; max-width: 100%; }
	.token { font-size: 19px; font-weight: 600; }
	.state { margin-top: 4px; font-size: 14px; color: var(--quiet); }
	.state.failed { color: var(--bad); }
	.empty { padding: 48px 32px; text-align: center; color: var(--quiet); text-wrap: balance; }
	.note { margin-top: 16px; text-align: center; text-wrap: balance; color: var(--quiet); font-size: 14px; }
`;
