/**
 * `npm run check -- floors`: every import against the house, every line of the core against the host.
 * Exit status 1 with a sentence per broken arrow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { brokenArrow, impurity, target } from './floors.ts';

function filesBelow(path: string): string[] {
	return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory()
			? filesBelow(join(path, entry.name))
			: /\.(ts|svelte|mjs|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts')
				? [join(path, entry.name)]
				: [],
	);
}

const complaints: string[] = [];
let arrows = 0;
for (const file of ['src', 'service-worker'].flatMap(filesBelow).map((f) => relative('.', f))) {
	const text = readFileSync(file, 'utf8');
	const script = file.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
		: text;
	for (const { fileName } of ts.preProcessFile(script, true, true).importedFiles) {
		arrows += 1;
		if (fileName.startsWith('$lib/'))
			complaints.push(
				`${file} imports ${fileName}: write it as #lib/… so that plain Node finds it`,
			);
		const why = brokenArrow(file, target(fileName, file));
		if (why) complaints.push(`${file} imports ${fileName}: ${why}`);
	}
	if (file.startsWith('src/lib/core/')) {
		text.split('\n').forEach((line, index) => {
			const impure = impurity(line);
			if (impure)
				complaints.push(
					`${file}:${index + 1} uses ${impure}: time and chance come into the core as arguments`,
				);
		});
	}
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exit(1);
console.log(`  ${arrows} imports keep the floor law`);
