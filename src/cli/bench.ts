/** `npm run bench -- NAME…`: how fast the named part is, beside a naive reference, in one run. */
import { argv, exit } from 'node:process';

const BENCHES: Readonly<Record<string, () => Promise<{ run: () => void | Promise<void> }>>> = {
	dlms: () => import('./bench/dlms.ts'),
	link: () => import('./bench/link.ts'),
	page: () => import('./bench/page.ts'),
	sts: () => import('./bench/sts.ts'),
	sync: () => import('./bench/sync.ts'),
	vend: () => import('./bench/vend.ts'),
	'vend-scale': () => import('./bench/vend-scale.ts'),
};

/** Names come first; what begins with a hyphen is the bench's own. */
const names = argv.slice(2).filter((text) => !/^(-|\d+$)/.test(text));
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (names.length === 0 || unknown.length > 0) {
	const known = Object.keys(BENCHES).join(', ');
	console.error(
		`${unknown.length > 0 ? `No bench named ${unknown.join(', ')}. ` : ''}Usage: npm run bench -- NAME… (${known})`,
	);
	exit(2);
}
for (const name of names) {
	const bench = await BENCHES[name]?.();
	await bench?.run();
}
