/**
 * The sandbox provider's page as HTML: what a phone's mobile-money prompt looks like. Two buttons, no
 * scripts, and a policy that allows none.
 */
import type { ChargePage } from './sandbox-page.ts';

const OUTCOMES: Record<Exclude<ChargePage['state'], 'pending'>, string> = {
	paid: 'Paid. The shop has been told.',
	failed: 'Declined. Nothing was taken.',
	expired: 'This request is too old. Nothing was taken.',
};

export function chargePage(charge: ChargePage): Response {
	const head = `
		<p class="brand"><strong>${escape(charge.provider)}</strong> <span>Sandbox: no real money</span></p>
		<h1>Pay ${escape(charge.payee)}</h1>
		<p class="amount">${escape(charge.amount)}</p>
		<p>Electricity for meter <b>${inGroups(escape(charge.description))}</b></p>`;
	const body =
		charge.state === 'pending'
			? `<form method="post">
				<button formaction="?approve" class="filled">Approve</button>
				<button formaction="?decline">Decline</button>
			</form>`
			: `<p role="status">${OUTCOMES[charge.state]}</p>
			<a class="filled" href="${escape(charge.returnPath)}">Go back</a>`;
	return page(200, `${charge.provider}: ${charge.amount}`, head + body);
}

export function noChargePage(): Response {
	return page(
		404,
		'No such payment',
		'<h1>No such payment</h1><a class="filled" href="/">Go back</a>',
	);
}

function page(status: number, title: string, content: string): Response {
	const html = `<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="color-scheme" content="light dark" />
		<meta name="robots" content="noindex" />
		<title>${escape(title)}</title>
		<style>${STYLE}</style>
	</head>
	<body>
		<main>${content}</main>
		<p class="note">A stand-in for a mobile-money service, for trying Tokenline out.</p>
	</body>
</html>`;
	return new Response(html, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy':
				"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		},
	});
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Digits in groups of four that stay together, as on the meter's own plate. */
function inGroups(digits: string): string {
	return digits.replace(/(\d{4})(?=\d)/g, '$1&nbsp;');
}

/** The app's own paper and ink, with a colour of the provider's that the app does not have. */
const STYLE = `
	:root { color-scheme: light dark; --paper: #faf8f4; --raised: #fff; --ink: #10242b; --quiet: #4c6067;
		--hairline: #dad5ca; --outline: #7c8b8f; --brand: #5a2d82; --on-brand: #fff; --wait: #8a5a00; }
	@media (prefers-color-scheme: dark) { :root { --paper: #0c1518; --raised: #142126; --ink: #eef3f2;
		--quiet: #9db1b5; --hairline: #2a3a40; --outline: #6e8187; --brand: #c9a6ee; --on-brand: #0c1518;
		--wait: #f0c060; } }
	* { box-sizing: border-box; margin: 0; }
	body { background: var(--paper); color: var(--ink); font: 16px/1.4 system-ui, sans-serif; min-height: 100dvh;
		display: grid; place-content: center; grid-template-columns: minmax(0, 26rem); padding: 16px;
		font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
	main { background: var(--raised); border: 1px solid var(--hairline); border-radius: 14px; padding: 24px; }
	.brand { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px; margin-bottom: 32px;
		padding-bottom: 16px; border-bottom: 1px solid var(--hairline); }
	.brand strong { color: var(--brand); }
	.brand span { color: var(--wait); font-size: 14px; }
	h1 { font-size: 16px; font-weight: 400; color: var(--quiet); }
	.amount { font-size: 44px; font-weight: 500; line-height: 1.15; margin: 4px 0 8px; }
	form { display: grid; gap: 12px; margin-top: 40px; }
	[role='status'] { margin-top: 40px; }
	button, a { display: grid; place-items: center; width: 100%; min-height: 48px; padding: 0 16px; font: inherit;
		color: inherit; background: none; border: 1px solid var(--outline); border-radius: 10px;
		text-decoration: none; cursor: pointer; }
	a { margin-top: 16px; }
	.filled { background: var(--brand); border-color: var(--brand); color: var(--on-brand); font-weight: 600; }
	:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
	.note { margin-top: 16px; text-align: center; text-wrap: balance; color: var(--quiet);
		font-size: 14px; }
`;
