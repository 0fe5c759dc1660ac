package io.qdqlint.rules.run;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drools.base.base.ValueResolver;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.core.rule.consequence.KnowledgeHelper;
import org.drools.model.Consequence;
import org.drools.model.Drools;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.modelcompiler.consequence.DroolsImpl;
import org.drools.modelcompiler.consequence.FactHandleLookup;

/** What a rule inserts when it fires, without a session to fire it. */
final class Conclusion {
    private Conclusion() {}

    static List<Object> of(Rule rule, Map<Variable<?>, Object> match) {
        List<Object> inserted = new ArrayList<>();
        Consequence consequence = rule.getDefaultConsequence();
        Stream<Object> arguments = Stream.of(consequence.getVariables()).map(match::get);
        try {
            if (consequence.isUsingDrools()) {
                arguments = Stream.concat(Stream.of(drools(rule, inserted)), arguments);
            }
            consequence.getBlock().execute(arguments.toArray());
        } catch (Exception e) {
            throw new IllegalStateException(rule.getName(), e);
        }
        return inserted;
    }

    /** Generated code casts what it is given to this class, which only Drools is meant to make. */
    private static Drools drools(Rule rule, List<Object> inserted) throws ReflectiveOperationException {
        RuleImpl shown = new RuleImpl(rule.getName());
        rule.getMetaData().forEach(shown::addMetaAttribute);
        KnowledgeHelper helper = (KnowledgeHelper) Proxy.newProxyInstance(
                Conclusion.class.getClassLoader(),
                new Class<?>[] {KnowledgeHelper.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getRule":
                            return shown;
                        case "insertLogical":
                            inserted.add(arguments[0]);
                            return null;
                        default:
                            throw new UnsupportedOperationException(method.toString());
                    }
                });
        Constructor<DroolsImpl> made = DroolsImpl.class.getDeclaredConstructor(
                KnowledgeHelper.class, ValueResolver.class, FactHandleLookup.class);
        made.setAccessible(true);
        return made.newInstance(helper, null, null);
    }
}
