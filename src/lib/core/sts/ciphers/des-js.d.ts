/** What is used of des.js 1.1.0 (MIT): one DES block, synchronous. */
declare module 'des.js' {
	interface DesCipher {
		update(data: ArrayLike<number>): number[];
		final(): number[];
	}
	const des: {
		DES: {
			create(options: {
				type: 'encrypt' | 'decrypt';
				key: ArrayLike<number>;
				padding: false;
			}): DesCipher;
		};
	};
	export default des;
}
