package io.qdqlint.rules.run;

import java.util.Collection;
import java.util.List;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.base.rule.TypeDeclaration;
import org.drools.core.BaseConfigurationFactories;
import org.drools.core.RuleSessionConfiguration;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.drools.model.Model;
import org.drools.modelcompiler.KiePackagesBuilder;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.internal.conf.CompositeBaseConfiguration;
import org.kie.internal.utils.ChainedProperties;

/** Builds Drools' networks. */
final class Network {
    private Network() {}

    static KieBase of(List<Model> models) {
        // Without properties, as Drools' file of them says what holds anyway.
        CompositeBaseConfiguration configuration = new CompositeBaseConfiguration(
                new ChainedProperties(),
                Network.class.getClassLoader(),
                BaseConfigurationFactories.baseConf,
                BaseConfigurationFactories.ruleConf,
                BaseConfigurationFactories.flowConf);
        KiePackagesBuilder builder = new KiePackagesBuilder(configuration);
        models.forEach(builder::addModel);
        Collection<? extends KiePackage> packages = builder.build().getKiePackages();
        packages.forEach(p -> declareUnchanging((InternalKnowledgePackage) p));
        InternalKnowledgeBase network = KnowledgeBaseFactory.newKnowledgeBase("rules", configuration);
        network.addPackages(packages);
        // Its sessions run one after the other, each on one thread.
        network.getSessionConfiguration().as(RuleSessionConfiguration.KEY).setThreadSafe(false);
        return network;
    }

    /** Keeps Drools from looking for fields of records that could change. */
    private static void declareUnchanging(InternalKnowledgePackage types) {
        for (TypeDeclaration type : types.getTypeDeclarations().values()) {
            if (type.getTypeClass().isRecord()) {
                type.setPropertyReactive(false);
            }
        }
    }
}
