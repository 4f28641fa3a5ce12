import { CAUSES, type Cause } from '../diagnosis/causes.ts';
import { explainCause, causesCharged } from '../diagnosis/explain.ts';
import { CATALOGUE } from '../judge/catalogue.ts';
import { nearest } from '../kernel/nearest.ts';
import { causeText, faultText, ruleText } from '../report/explain-text.ts';
import { local } from './local.ts';
import { refuse } from './refuse.ts';
