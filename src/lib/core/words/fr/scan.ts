/** In French: see `en/scan.ts`. */
import type { Words } from '../catalogue.ts';

export const scan: Words['scan'] = {
	open: 'Scanner',
	title: 'Scanner un compteur',
	lead: 'Code QR, code-barres ou code de la carte du compteur.',
	close: 'Fermer',
	opening: 'Ouverture de l’appareil photo',
	refusals: {
		'scan-empty': 'Rien n’a pu être lu. Tenez le code bien à plat et réessayez.',
		'scan-too-long': 'Ce code est bien trop long pour un compteur. Scannez celui du compteur.',
		'bank-card-refused':
			'C’est une carte bancaire. Rien n’en a été gardé. Prenez la carte du compteur.',
		'scan-a-token':
			'C’est un jeton, pas un numéro de compteur. Scannez le numéro du compteur ou de sa carte.',
		'scan-payment': 'Ce code sert à payer quelqu’un. Scannez celui du compteur ou de sa carte.',
		'meter-card-unreadable':
			'La carte du compteur n’a pas pu être lue. Réessayez ou tapez le numéro.',
		'scan-other-issuer': 'Cette carte ou ce code n’est pas d’un compteur prépayé.',
		'meter-check-digit':
			'Le chiffre de contrôle ne va pas, un chiffre est donc faux. Tapez le numéro.',
		'scan-two-meters': 'Ce code nomme deux compteurs. Tapez le numéro de celui qu’il faut.',
		'scan-not-a-meter':
			'Il n’y a pas de numéro de compteur dans ce code. Scannez celui du compteur ou de sa carte.',
	},
	faults: {
		'no-support': 'Ce navigateur ne donne pas d’appareil photo à la page. Tapez le numéro.',
		'no-camera': 'Cet appareil n’a pas d’appareil photo. Tapez le numéro.',
		'not-allowed':
			'La page n’a pas le droit d’utiliser l’appareil photo. Permettez-le dans le navigateur, ou tapez le numéro.',
		busy: 'Une autre application tient l’appareil photo. Fermez-la et réessayez, ou tapez le numéro.',
		'not-loaded':
			'Le lecteur doit être chargé une fois, et il n’y a pas de réseau. Tapez le numéro.',
		failed: 'L’appareil photo ne répond pas. Tapez le numéro.',
	},
};
