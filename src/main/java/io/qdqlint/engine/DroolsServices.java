package io.qdqlint.engine;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.drools.base.rule.EvalConditionFactory;
import org.drools.core.common.TruthMaintenanceSystemFactory;
import org.drools.core.phreak.PhreakNetworkNodeFactory;
import org.drools.core.reteoo.AgendaComponentFactory;
import org.drools.core.reteoo.CoreComponentFactory;
import org.drools.core.reteoo.RuntimeComponentFactory;
import org.drools.core.reteoo.builder.BetaNodeConstraintFactory;
import org.drools.kiesession.factory.KnowledgeHelperFactory;
import org.drools.kiesession.factory.RuntimeComponentFactoryImpl;
import org.drools.tms.TruthMaintenanceSystemAgendaComponentFactory;
import org.drools.tms.TruthMaintenanceSystemFactoryImpl;
import org.drools.tms.TruthMaintenanceSystemKnowledgeHelperFactoryImpl;
import org.drools.wiring.api.ComponentsSupplier;
import org.drools.wiring.statics.StaticComponentsSupplier;
import org.kie.api.internal.utils.KieService;
import org.kie.api.internal.utils.KieServiceLoader;
import org.kie.api.internal.weaver.KieWeavers;
import org.kie.internal.services.KieWeaversImpl;

/**
 * The parts of Drools that a run needs. Drools would look for each in all modules and on the class path, which takes some 15 ms
 * in every process, and opens the jar.
 */
final class DroolsServices {
    static final Map<Class<? extends KieService>, Supplier<KieService>> PRESENT = Map.of(
            AgendaComponentFactory.class, TruthMaintenanceSystemAgendaComponentFactory::new,
            ComponentsSupplier.class, StaticComponentsSupplier::new,
            KieWeavers.class, KieWeaversImpl::new,
            KnowledgeHelperFactory.class, TruthMaintenanceSystemKnowledgeHelperFactoryImpl::new,
            RuntimeComponentFactory.class, RuntimeComponentFactoryImpl::new,
            TruthMaintenanceSystemFactory.class, TruthMaintenanceSystemFactoryImpl::new);

    static final List<Class<? extends KieService>> ABSENT = List.of(
            BetaNodeConstraintFactory.class,
            CoreComponentFactory.class,
            EvalConditionFactory.class,
            PhreakNetworkNodeFactory.class);

    private static volatile boolean wanted;

    private DroolsServices() {}

    /** They may be made known to Drools: nothing else in this process uses it, and may need others. */
    static void want() {
        wanted = true;
    }

    /** Makes them known to Drools, if they are needed. Where that fails Drools looks for them as it is used to. */
    static void provide() {
        if (!wanted) {
            return;
        }
        // For the log that Drools writes; the first would be announced on stderr.
        System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        try {
            Map<String, KieService> known = known();
            KieService none = (KieService) field("DUMMY_SERIVCE").get(null);
            PRESENT.forEach((service, maker) -> known.computeIfAbsent(key(service), k -> maker.get()));
            ABSENT.forEach(service -> known.putIfAbsent(key(service), none));
        } catch (ReflectiveOperationException e) {
            return;
        }
    }

    /** What Drools has found or was given, by {@link #key}. */
    @SuppressWarnings("unchecked")
    static Map<String, KieService> known() throws ReflectiveOperationException {
        return (Map<String, KieService>)
                field("serviceCache").get(field("INSTANCE").get(null));
    }

    static String key(Class<? extends KieService> service) {
        return service.getName() + ':' + KieService.UNDEFINED;
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = KieServiceLoader.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
