/**
 * What a consumer's page needs at once comes in few files. Left alone, a module stands in a file with those that are
 * needed by the very same pages of the whole app, staff's included: some fifty files for the first screen, most under
 * a kilobyte, six at a time over a slow network, each packed for itself. Here only a consumer's pages are told apart.
 */

/** A module's path → the paths of modules that import it, without those that load it later with `import()`. */
type ImportersOf = (id: string) => readonly string[];

/** What runs before the page's language is there, the sentences themselves: nothing that reads one may run with it. */
export const START =
	/\/(runtime\/client\/entry|client-optimized\/app)\.js$|\/core\/words\/\w+\/first\.ts$/;
/** Sentences of one language: nobody fetches another's. */
const SENTENCES = /\/core\/words\/\w+\/\w/;
/** What every page stands in. */
export const FRAME = /\/src\/routes\/(\(consumer\)\/)?\+(layout|error)\.(svelte|ts)$/;
/** Where a link from outside leads, and where somebody goes from the first screen. */
const PAGES: Readonly<Record<string, RegExp>> = {
	home: /\/\(consumer\)\/\+page\.svelte$/,
	meter: /\/\(consumer\)\/meter\/\[drn\]\/\+page\.svelte$/,
	purchases: /\/\(consumer\)\/purchases\/\+page\.svelte$/,
	purchase: /\/\(consumer\)\/purchases\/\[id\]\/\+page\.svelte$/,
	use: /\/meter\/\[drn\]\/use\/\+page\.svelte$/,
	free: /\/meter\/\[drn\]\/free\/\+page\.svelte$/,
	fetch: /\/\(consumer\)\/fetch\/\+page\.svelte$/,
	claim: /\/\(consumer\)\/claim\/\+page\.svelte$/,
	'virtual-meters': /\/src\/routes\/virtual-meter\/\+page\.svelte$/,
};
/** What so many of them need comes with the frame: a few octets for whoever needs it not, and a request less. */
const MANY = 4;

/** Which bundle a module stands in; null: the builder's own choice, as for a route's page itself. */
export function bundleOf(id: string, importersOf: ImportersOf): string | null {
	if (/\/\+page\.svelte$/.test(id) || SENTENCES.test(id)) return null;
	const above = [...everythingAbove(id, importersOf)];
	if (above.some((one) => START.test(one))) return 'start';
	const pages = Object.keys(PAGES).filter((name) => above.some((one) => PAGES[name]?.test(one)));
	if (pages.length >= MANY || above.some((one) => FRAME.test(one))) return 'frame';
	return pages.length > 0 ? pages.join('+') : null;
}

/** The module itself, what imports it, what imports that, and so on. */
function everythingAbove(id: string, importersOf: ImportersOf): Set<string> {
	const above = new Set([id]);
	for (const one of above) for (const importer of importersOf(one)) above.add(importer);
	return above;
}

interface ModuleGraph {
	getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/**
 * For `output.codeSplitting` of the browser's build. A group takes its modules with all that they import, so those
 * come first whose modules are imported by the others': a module is needed wherever one that imports it is.
 */
export const firstVisitGroups = [
	(bundle: string) => bundle === 'start',
	(bundle: string) => bundle === 'frame',
	(bundle: string) => bundle.includes('+'),
	() => true,
].map((isOf, at, { length }) => ({
	priority: length - at,
	name: (id: string, graph: ModuleGraph): string | null => {
		const bundle = bundleOf(id, (one) => graph.getModuleInfo(one)?.importers ?? []);
		return bundle !== null && isOf(bundle) ? bundle : null;
	},
}));
