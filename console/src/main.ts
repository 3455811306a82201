/** The door: styles first, then the one element that is the console. Read app.ts next. */
import '@oicl/openbridge-webcomponents/dist/openbridge.css';
import './theme.css';
import { applyPalette, rememberedPalette } from './palette';
import './app';

applyPalette(rememberedPalette());
