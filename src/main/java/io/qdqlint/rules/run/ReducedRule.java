package io.qdqlint.rules.run;

import java.util.Map;
import org.drools.model.Consequence;
import org.drools.model.Rule;
import org.drools.model.View;

/**
 * A rule with fewer conditions, and its place in the order of rules.
 *
 * @param stratum rules of a lower one fire before it
 */
record ReducedRule(Rule rule, View view, int stratum) implements Rule {
    @Override
    public View getView() {
        return view;
    }

    @Override
    public Consequence getDefaultConsequence() {
        return rule.getDefaultConsequence();
    }

    @Override
    public Map<String, Consequence> getConsequences() {
        return rule.getConsequences();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getAttribute(Rule.Attribute<T> attribute) {
        return attribute == Rule.Attribute.SALIENCE ? (T) Integer.valueOf(-stratum) : rule.getAttribute(attribute);
    }

    @Override
    public Map<String, Object> getMetaData() {
        return rule.getMetaData();
    }

    @Override
    public Object getMetaData(String key) {
        return rule.getMetaData(key);
    }

    @Override
    public String getUnit() {
        return rule.getUnit();
    }

    @Override
    public String getPackage() {
        return rule.getPackage();
    }

    @Override
    public String getName() {
        return rule.getName();
    }
}
