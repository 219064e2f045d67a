/**
 * Passwords that guessers try first, of those long enough to pass the length rule. Compared without case
 * and without what follows the last letter, so that `Password2026!` is one of them too.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
	...['password', 'passwort', 'motdepasse', 'contrasena', 'nenosiri', 'nywila', 'senha'],
	...['passwordpassword', 'mypassword', 'thepassword', 'newpassword', 'yourpassword'],
	...['qwerty', 'qwertyuiop', 'qwertyqwerty', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm'],
	...['letmein', 'letmeinnow', 'welcome', 'welcomehome', 'changeme', 'changemenow', 'default'],
	...[
		'admin',
		'administrator',
		'superuser',
		'operator',
		'manager',
		'office',
		'secret',
		'topsecret',
	],
	...['iloveyou', 'iloveyousomuch', 'sunshine', 'princess', 'football', 'liverpool', 'manchester'],
	...['electricity', 'electric', 'prepaid', 'tokenline', 'utility', 'vending', 'lakeside', 'umeme'],
	...['trustno', 'dragon', 'monkey', 'baseball', 'superman', 'batman', 'whatever', 'starwars'],
	...['abcdefghij', 'abcdefghijkl', 'abcabcabc', 'aaaaaaaaaa', 'test', 'testtest', 'testtesttest'],
]);
