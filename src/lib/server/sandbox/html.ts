/**
 * What the sandbox providers' pages have in common: a document without scripts, under a policy that allows
 * none, in a look that is not the app's.
 */

/** @param content HTML, with whatever came from outside already escaped */
export function sandboxPage(page: {
	readonly status: number;
	readonly title: string;
	readonly style: string;
	readonly content: string;
}): Response {
	const html = `<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="color-scheme" content="light dark" />
		<meta name="robots" content="noindex" />
		<title>${escape(page.title)}</title>
		<style>${COMMON}${page.style}</style>
	</head>
	<body>${page.content}</body>
</html>`;
	return new Response(html, {
		status: page.status,
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

export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The app's own paper and ink, with a colour of the provider's that the app does not have. */
const COMMON = `
	:root { color-scheme: light dark; --paper: #f6f4fa; --raised: #fff; --ink: #1c1430; --quiet: #5c5470;
		--hairline: #e2dcec; --outline: #857b98; --brand: #5a2d82; --on-brand: #fff; --tint: #f1eaf8;
		--good: #1c7a48; --bad: #ae2a20; --wait: #8a5a00; }
	@media (prefers-color-scheme: dark) { :root { --paper: #110c18; --raised: #1c1526; --ink: #f2eef7;
		--quiet: #b3a8c4; --hairline: #352b45; --outline: #7d7191; --brand: #c9a6ee; --on-brand: #17101f;
		--tint: #271d36; --good: #62c995; --bad: #ff8a7e; --wait: #f0c060; } }
	* { box-sizing: border-box; margin: 0; }
	body { background: var(--paper); color: var(--ink); font: 16px/1.4 -apple-system, BlinkMacSystemFont,
		'Segoe UI', Roboto, 'Noto Sans', Ubuntu, Cantarell, 'Liberation Sans', Arial, sans-serif;
		min-height: 100dvh; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
	:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
	svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2;
		stroke-linecap: round; stroke-linejoin: round; flex: none; }
	.brand { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; }
	.brand strong { display: flex; align-items: center; gap: 8px; color: var(--brand); }
	.sandbox { color: var(--wait); border: 1px solid currentColor; border-radius: 999px; padding: 2px 10px;
		font-size: 14px; }
`;
