/** A name by which its bearer knows themselves and a stranger learns little: `A**** O****`. */
export function maskName(name: string): string {
	return name
		.split(/\s+/)
		.filter((word) => word !== '')
		.map((word) => `${[...word][0]}****`)
		.join(' ');
}
